using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>
/// Turns exceptions into answers, once for the whole application: 503 where storage is down, else 500. Neither tells details. Where a part
/// of an answer is sent already, the connection is aborted, so that no client takes the part for the whole. No exception leaves the
/// application: Kestrel would log it again, and the Functions worker would leave the answer open.
/// </summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (HasClientLeft(exception, context))
        {
            // Nobody reads an answer, and nothing is wrong here.
            context.Abort();
        }
        catch (Exception exception) when (!HasBegun(context.Response))
        {
            RemoveHeadersOfContent(context.Response.Headers);
            await AnswerFor(exception, context).ExecuteAsync(context);
        }
        catch (Exception exception)
        {
            // A second document after a part of the first would be taken for one answer. A broken connection can't be.
            Log.BrokenOff(logger, StorageFailure.IsOutage(exception) ? LogLevel.Warning : LogLevel.Error, exception);
            context.Abort();
        }
    }

    /// <summary>Whether the client closed the connection, while it sent the body or while it was answered.</summary>
    private static bool HasClientLeft(Exception exception, HttpContext context) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (context.RequestAborted.IsCancellationRequested && exception is (OperationCanceledException or IOException or ObjectDisposedException));

    /// <summary>Whether a part of an answer was sent, or waits in the server's buffer to be sent.</summary>
    private static bool HasBegun(HttpResponse response) =>
        response.HasStarted || response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 };

    /// <summary>Removes what describes the answer that failed; limits and the request's id stay.</summary>
    private static void RemoveHeadersOfContent(IHeaderDictionary headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["Content-Length", "Content-Encoding", "Content-Disposition", "Cache-Control", "ETag", "Location"])
        {
            headers.Remove(name);
        }
    }

    private IResult AnswerFor(Exception exception, HttpContext context)
    {
        if (exception is BadHttpRequestException bad)
        {
            return bad.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => ApiErrors.RequestTimeout(),
                StatusCodes.Status413PayloadTooLarge => ApiErrors.PayloadTooLarge(BodyMiddleware.MaxBytes),
                _ => ApiErrors.InvalidJson("The body ended early, or is not framed as HTTP demands."),
            };
        }

        if (exception is OverloadException overload)
        {
            return ApiErrors.Overloaded(overload.Message);
        }

        if (exception is ContentionException)
        {
            Log.Contended(logger, exception);
            return OutageAnswerOf(context) ?? ApiErrors.Busy();
        }

        if (StorageFailure.IsOutage(exception))
        {
            Log.StorageDown(logger, exception);
            return OutageAnswerOf(context) ?? ApiErrors.Unavailable();
        }

        Log.Failed(logger, exception);
        return ApiErrors.Internal();
    }

    private static IResult? OutageAnswerOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<OutageAnswer>()?.Answer;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Storage did not answer")]
        public static partial void StorageDown(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "A change was tried several times and not made, since others change the same at the same time")]
        public static partial void Contended(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "A request failed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 3, Message = "An answer could not be completed; its connection was aborted")]
        public static partial void BrokenOff(ILogger logger, LogLevel level, Exception exception);
    }
}

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>
/// Turns exceptions of the whole application into responses without details: 503 if storage is down, otherwise 500. If a part of a response
/// has been sent, it aborts the connection, so that no client mistakes the part for the whole. No exception leaves the application: Kestrel
/// would log it again, and the Functions worker would leave the response open.
/// </summary>
/// <param name="next">The rest of the application.</param>
/// <param name="logger">The log.</param>
/// <param name="present">Returns the response of an error; null for the envelope of the API.</param>
internal sealed partial class FailureMiddleware(
    RequestDelegate next, ILogger<FailureMiddleware> logger, Func<ApiError, IResult>? present = null)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (HasClientLeft(exception, context))
        {
            // The client has left, which is no failure of the service.
            context.Abort();
        }
        catch (Exception exception) when (!HasBegun(context.Response))
        {
            RemoveHeadersOfContent(context.Response.Headers);
            var answer = AnswerFor(exception, context);
            await (answer is ApiError error && present is not null ? present(error) : answer).ExecuteAsync(context);
        }
        catch (Exception exception)
        {
            // The client would mistake an error after a part of a response for its end. It cannot miss a broken connection.
            Log.BrokenOff(logger, StorageFailure.IsOutage(exception) ? LogLevel.Warning : LogLevel.Error, exception);
            context.Abort();
        }
    }

    /// <summary>Returns whether the client closed the connection while it sent the request or received the response.</summary>
    private static bool HasClientLeft(Exception exception, HttpContext context) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (context.RequestAborted.IsCancellationRequested && exception is (OperationCanceledException or IOException or ObjectDisposedException));

    /// <summary>Returns whether a part of a response was sent or is in the server's buffer.</summary>
    private static bool HasBegun(HttpResponse response) =>
        response.HasStarted || response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 };

    /// <summary>Removes the headers of the failed response's content. The headers of limits and the request id stay.</summary>
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
                _ => ApiErrors.InvalidJson("The body ended early, or its HTTP framing is invalid."),
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
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "Storage was unavailable, so the request got 503. If this continues, check the storage account and the app's role assignments.")]
        public static partial void StorageDown(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "A change was not made after several attempts, because other requests change the same resource.")]
        public static partial void Contended(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "A request failed with an unexpected exception, so it got 500. Report the exception as a bug.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 3, Message = "A response could not be completed, so its connection was aborted.")]
        public static partial void BrokenOff(ILogger logger, LogLevel level, Exception exception);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>Turns exceptions into answers, once for the whole application: 503 where storage is down, else 500. Neither tells details.</summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left: nobody reads an answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerFor(exception, context).ExecuteAsync(context);
        }
    }

    private IResult AnswerFor(Exception exception, HttpContext context)
    {
        if (exception is BadHttpRequestException bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiErrors.PayloadTooLarge(BodyMiddleware.MaxBytes)
                : ApiErrors.InvalidJson("The request could not be read.");
        }

        if (StorageFailure.IsOutage(exception))
        {
            Log.StorageDown(logger, exception);
            return context.GetEndpoint()?.Metadata.GetMetadata<OutageAnswer>()?.Answer ?? ApiErrors.Unavailable();
        }

        Log.Failed(logger, exception);
        return ApiErrors.Internal();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Storage did not answer")]
        public static partial void StorageDown(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "A request failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>
/// Gives each creation its <see cref="Operation"/>, and runs one with the header <c>Idempotency-Key</c> once: its answer is kept before
/// it is sent, and is what every later request with that key gets.
/// </summary>
internal sealed partial class IdempotencyMiddleware(
    RequestDelegate next, IdempotencyStore store, TimeProvider time, ILogger<IdempotencyMiddleware> logger)
{
    /// <summary>How long a failure may be held up to let the next request run at once. Where that takes longer, the lease's end lets it.</summary>
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromMilliseconds(300);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotentCreation>() is null)
        {
            await next(context);
        }
        else if (context.Request.Headers.ContainsKey(KeyedRequest.Header))
        {
            await AnswerAsync(context);
        }
        else
        {
            context.Api().Operation = Operation.New(time.GetUtcNow());
            await next(context);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var errors = new FieldErrors();
        if (KeyedRequest.Read(context, errors) is not { } request)
        {
            await errors.ToError().ExecuteAsync(context);
            return;
        }

        switch (await store.BeginAsync(request, context.RequestAborted))
        {
            case Beginning.Begun begun:
                await RunAsync(context, request, begun);
                break;
            case Beginning.Answered { Answer: var answer }:
                await answer.SendAgainAsync(context);
                break;
            case Beginning.Reused:
                await IdempotencyErrors.KeyReused().ExecuteAsync(context);
                break;
            default:
                await IdempotencyErrors.UnderWay().ExecuteAsync(context);
                break;
        }
    }

    private async Task RunAsync(HttpContext context, KeyedRequest request, Beginning.Begun begun)
    {
        context.Api().Operation = begun.Operation;
        var headers = context.Response.Headers.ToArray();
        KeptAnswer answer;
        bool isKept;
        try
        {
            answer = await CaptureAsync(context);
            isKept = answer.IsFinal && await store.TryAnswerAsync(request, begun, answer, context.RequestAborted);
        }
        catch
        {
            Restore(context.Response.Headers, headers);
            await ReleaseAsync(request, begun);
            throw;
        }

        if (answer.IsFinal && !isKept)
        {
            // Another run took over; what that one answers is the answer.
            Restore(context.Response.Headers, headers);
            await IdempotencyErrors.UnderWay().ExecuteAsync(context);
            return;
        }

        if (!isKept)
        {
            await ReleaseAsync(request, begun);
        }

        await answer.SendBodyAsync(context);
    }

    /// <summary>Runs the endpoint, with its answer's body held back.</summary>
    private async Task<KeptAnswer> CaptureAsync(HttpContext context)
    {
        var sent = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var held = new StreamResponseBodyFeature(body);
        context.Features.Set<IHttpResponseBodyFeature>(held);
        var deadline = context.Api().Deadline;
        deadline?.HoldsAnswer = true;
        try
        {
            await next(context);
            await held.CompleteAsync();
        }
        finally
        {
            deadline?.HoldsAnswer = false;
            context.Features.Set(sent);
        }

        return KeptAnswer.Of(context.Response, body.ToArray());
    }

    /// <summary>Takes back the headers of an answer that isn't sent.</summary>
    private static void Restore(IHeaderDictionary headers, KeyValuePair<string, StringValues>[] before)
    {
        headers.Clear();
        foreach (var (name, values) in before)
        {
            headers[name] = values;
        }
    }

    private async Task ReleaseAsync(KeyedRequest request, Beginning.Begun begun)
    {
        // Not bound to the request: its time may be over, or its caller gone.
        using var timeout = new CancellationTokenSource(ReleaseTime, time);
        try
        {
            await store.ReleaseAsync(request, begun, timeout.Token);
        }
        catch (Exception exception) when (StorageFailure.IsOutage(exception))
        {
            Log.NotReleased(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A request's key was not released; it is once its lease is over")]
        public static partial void NotReleased(ILogger logger, Exception exception);
    }
}

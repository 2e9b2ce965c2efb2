using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>
/// Gives each creation its <see cref="CreationSeed"/>. A creation with the header <c>Idempotency-Key</c> runs once: its response is stored
/// before it is sent, and every later request with that key gets the stored response.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IdempotencyStore store, IdempotencyRelease release, TimeProvider time)
{
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
            context.Api().CreationSeed = CreationSeed.New(time.GetUtcNow());
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
            case IdempotencyState.Started started:
                await RunAsync(context, request, started);
                break;
            case IdempotencyState.Completed { Response: var response }:
                await response.ReplayAsync(context);
                break;
            case IdempotencyState.KeyReused:
                await IdempotencyErrors.KeyReused().ExecuteAsync(context);
                break;
            default:
                await IdempotencyErrors.InProgress().ExecuteAsync(context);
                break;
        }
    }

    private async Task RunAsync(HttpContext context, KeyedRequest request, IdempotencyState.Started started)
    {
        context.Api().CreationSeed = started.Seed;
        var headers = context.Response.Headers.ToArray();
        StoredResponse response;
        bool isStored;
        try
        {
            response = await CaptureAsync(context);
            isStored = response.IsFinal && await store.TryCompleteAsync(request, started, response, context.RequestAborted);
        }
        catch
        {
            Restore(context.Response.Headers, headers);
            await release.RunAsync(request, started);
            throw;
        }

        if (response.IsFinal && !isStored)
        {
            // Another run took over, and its response counts.
            Restore(context.Response.Headers, headers);
            await IdempotencyErrors.InProgress().ExecuteAsync(context);
            return;
        }

        if (!isStored)
        {
            await release.RunAsync(request, started);
        }

        await response.SendBodyAsync(context);
    }

    /// <summary>Runs the endpoint and buffers the body of its response.</summary>
    private async Task<StoredResponse> CaptureAsync(HttpContext context)
    {
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var buffer = new StreamResponseBodyFeature(body);
        context.Features.Set<IHttpResponseBodyFeature>(buffer);
        var deadline = context.Api().Deadline;
        deadline?.HoldsAnswer = true;
        try
        {
            await next(context);
            await buffer.CompleteAsync();
        }
        finally
        {
            deadline?.HoldsAnswer = false;
            context.Features.Set(original);
        }

        return StoredResponse.Of(context.Response, body.ToArray());
    }

    /// <summary>Removes the headers of a response that is not sent.</summary>
    private static void Restore(IHeaderDictionary headers, KeyValuePair<string, StringValues>[] before)
    {
        headers.Clear();
        foreach (var (name, values) in before)
        {
            headers[name] = values;
        }
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XQr.Api.Pipeline;

/// <summary>Gives every request an id, which its response, its log entries and its trace have.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // An id is not a secret, so it does not need the slower generator for secrets.
        var api = new ApiContext($"req_{Random.Shared.GetHexString(16, lowercase: true)}");
        context.Features.Set(api);
        Activity.Current?.SetTag("xqr.request_id", api.RequestId);

        context.Response.Headers["X-Request-Id"] = api.RequestId;
        using (logger.BeginScope(new RequestScope(api.RequestId)))
        {
            await next(context);
        }
    }

    /// <summary>A log scope with the property XQrRequestId, which other loggers write as text.</summary>
    private sealed class RequestScope(string id) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public KeyValuePair<string, object?> this[int index] => new("XQrRequestId", id);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => id;
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XQr.Api.Pipeline;

/// <summary>Gives every request an id, for its answer, its log lines and its trace, and its answer the customary safe headers.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Nobody is kept from guessing an id, so the generator for secrets, which takes a microsecond, would be wasted on it.
        var api = new ApiContext($"req_{Random.Shared.GetHexString(16, lowercase: true)}");
        context.Features.Set(api);
        Activity.Current?.SetTag("xqr.request_id", api.RequestId);

        var headers = context.Response.Headers;
        headers["X-Request-Id"] = api.RequestId;
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        using (logger.BeginScope(new RequestScope(api.RequestId)))
        {
            await next(context);
        }
    }

    /// <summary>A scope that structured loggers read as the property RequestId, and others as a text.</summary>
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

using System.Net;

namespace XQr.Server.Tests;

/// <summary>
/// Repeats requests that are answered 503, as clients should: the server gives its storage seconds, which an emulator on a busy machine may
/// exceed.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private const int MaxAttempts = 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == MaxAttempts)
            {
                return response;
            }

            var pause = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            response.Dispose();
            await Task.Delay(pause, cancellationToken);
        }
    }
}

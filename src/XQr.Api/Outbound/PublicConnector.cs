using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace XQr.Api.Outbound;

/// <summary>
/// Connects to public addresses alone. A host is looked up once, every address that it has must be public, and the connection goes to
/// one of those very addresses: a name that changes its mind in between gains nothing.
/// </summary>
internal sealed class PublicConnector(INetwork network)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>A handler that follows no redirect, uses no proxy, keeps no cookies, and tells the other side nothing of our traces.</summary>
    public SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = ConnectAsync,
        PooledConnectionLifetime = Lifetime,
        MaxResponseHeadersLength = 16,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await network.ResolveAsync(host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(PublicAddresses.Contains))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host is not public.");
        }

        foreach (var address in addresses.SkipLast(1))
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            }
            catch (SocketException)
            {
                // Perhaps another of its addresses answers.
            }
        }

        return await network.ConnectAsync(new IPEndPoint(addresses[^1], port), cancellationToken);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace XQr.Api.Outbound;

/// <summary>
/// Connects to public addresses only. A host name is resolved once, all of its addresses must be public, and the connection goes to one
/// of them: DNS rebinding has no effect.
/// </summary>
internal sealed class PublicConnector(ISocketConnector sockets)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Creates a handler without redirects, proxy, cookies and trace headers.</summary>
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
        var addresses = await sockets.ResolveAsync(host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(PublicAddresses.Contains))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host is not public.");
        }

        foreach (var address in addresses.SkipLast(1))
        {
            try
            {
                return await sockets.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            }
            catch (SocketException)
            {
                // Another address of the host may answer.
            }
        }

        return await sockets.ConnectAsync(new IPEndPoint(addresses[^1], port), cancellationToken);
    }
}

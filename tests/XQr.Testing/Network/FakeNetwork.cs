using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Outbound;

namespace XQr.Testing.Network;

/// <summary>
/// Replaces name resolution and connections. A connection to any public address reaches a website on the loopback address. The application
/// still decides which addresses are allowed.
/// </summary>
public sealed class FakeNetwork(Website site) : ISocketConnector
{
    public const string PublicAddress = "93.184.215.14";

    private readonly SocketConnector real = new();
    private readonly ConcurrentDictionary<string, Queue<string[]>> names = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<IPEndPoint> connections = new();

    /// <summary>Gets the addresses of all connections, including failed ones.</summary>
    public IReadOnlyCollection<IPEndPoint> Connections => connections;

    /// <summary>Gets the addresses that refuse connections.</summary>
    public HashSet<string> Dead { get; } = [];

    /// <summary>Sets the addresses of a name. Each resolution returns the next of several sets; the last one is repeated.</summary>
    public void Name(string host, params string[][] addresses) => names[host] = new(addresses);

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ISocketConnector>(this);
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { site.Certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        services.AddHttpClient(PublicDownloads.Client).ConfigurePrimaryHttpMessageHandler(
            (handler, _) => ((SocketsHttpHandler)handler).SslOptions.CertificateChainPolicy = trust);
    }

    Task<IPAddress[]> ISocketConnector.ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return real.ResolveAsync(host, cancellationToken);
        }

        if (!names.TryGetValue(host, out var sets))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        var addresses = sets.Count > 1 ? sets.Dequeue() : sets.Peek();
        return Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
    }

    Task<Stream> ISocketConnector.ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        connections.Enqueue(address);
        return Dead.Contains(address.Address.ToString())
            ? throw new SocketException((int)SocketError.ConnectionRefused)
            : real.ConnectAsync(new(IPAddress.Loopback, site.Port), cancellationToken);
    }
}

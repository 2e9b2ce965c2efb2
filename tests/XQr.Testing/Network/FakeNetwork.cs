using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Outbound;

namespace XQr.Testing.Network;

/// <summary>
/// Names and addresses as a test wants them: whatever public address an application connects to, it meets a website on the loopback
/// address. Which addresses may be connected to is still for the application to decide.
/// </summary>
public sealed class FakeNetwork(Website site) : ISocketConnector
{
    public const string PublicAddress = "93.184.215.14";

    private readonly SocketConnector real = new();
    private readonly ConcurrentDictionary<string, Queue<string[]>> names = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<IPEndPoint> connections = new();

    /// <summary>What was connected to, or tried.</summary>
    public IReadOnlyCollection<IPEndPoint> Connections => connections;

    /// <summary>Addresses that nobody answers at.</summary>
    public HashSet<string> Dead { get; } = [];

    /// <summary>Gives a name its addresses; each look-up takes the next of several sets, and the last for good.</summary>
    public void Name(string host, params string[][] addresses) => names[host] = new(addresses);

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ISocketConnector>(this);
        services.AddHttpClient(PublicDownloads.Client).ConfigurePrimaryHttpMessageHandler((handler, _) => ((SocketsHttpHandler)handler).SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { site.Certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        });
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

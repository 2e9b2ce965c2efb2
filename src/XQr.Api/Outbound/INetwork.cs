using System.Net;

namespace XQr.Api.Outbound;

/// <summary>The network as connections of the service meet it. What may be connected to is decided before it, in <see cref="PublicConnector"/>.</summary>
internal interface INetwork
{
    /// <summary>The addresses of a host, or the address that its name is.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>Connects to an address.</summary>
    Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken);
}

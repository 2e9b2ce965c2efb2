using System.Net;

namespace XQr.Api.Outbound;

/// <summary>Resolves host names and opens sockets. <see cref="PublicConnector"/> decides which addresses are allowed.</summary>
internal interface ISocketConnector
{
    /// <summary>Returns the addresses of a host name or of an address literal.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>Opens a connection to an address.</summary>
    Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken);
}

using System.Net.Sockets;
using System.Text;

namespace XQr.Testing.Network;

/// <summary>Sends raw requests, which .NET clients cannot send.</summary>
public static class RawRequest
{
    /// <summary>Sends a request on a new connection and returns the whole response as Latin-1.</summary>
    /// <param name="server">The address of the server.</param>
    /// <param name="request">The request in Latin-1, which must close the connection.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<string> SendAsync(Uri server, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        return await ReadAsync(client, cancellationToken);
    }

    /// <summary>Returns all data until the connection ends, as Latin-1.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<string> ReadAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var response = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(response, cancellationToken);
        }
        catch (IOException)
        {
            // The server aborted the connection.
        }

        return Encoding.Latin1.GetString(response.ToArray());
    }

    /// <summary>Sends a GET request and returns the status and the Location header of the response.</summary>
    /// <param name="server">The address of the server.</param>
    /// <param name="target">The request target.</param>
    /// <param name="header">An additional header line, without a line break.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<(int Status, string? Location)> GetAsync(Uri server, string target, string header, CancellationToken cancellationToken)
    {
        var request = $"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n{header}\r\n\r\n";
        var lines = (await SendAsync(server, request, cancellationToken)).Split("\r\n");
        var location = lines.TakeWhile(line => line.Length > 0)
            .FirstOrDefault(line => line.StartsWith("Location: ", StringComparison.OrdinalIgnoreCase));
        return (int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), location?["Location: ".Length..]);
    }
}

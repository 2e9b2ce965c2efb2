using System.Net.Sockets;
using System.Text;

namespace XQr.Testing.Network;

/// <summary>Sends requests byte by byte, as no client of .NET would.</summary>
public static class RawRequest
{
    /// <summary>Sends bytes on a connection of their own and returns the answer, read to its end, as Latin-1.</summary>
    /// <param name="server">The address of the server.</param>
    /// <param name="request">The request, in Latin-1. It has to ask for the connection to be closed.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<string> SendAsync(Uri server, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        return await ReadAsync(client, cancellationToken);
    }

    /// <summary>Returns all that arrives until the server closes or breaks the connection, as Latin-1.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<string> ReadAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(answer, cancellationToken);
        }
        catch (IOException)
        {
            // A connection that is broken on purpose ends so.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>Sends a GET and returns the status and the Location of the answer.</summary>
    /// <param name="server">The address of the server.</param>
    /// <param name="target">The request target.</param>
    /// <param name="header">A further header line, without its end.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<(int Status, string? Location)> GetAsync(Uri server, string target, string header, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(server, $"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n{header}\r\n\r\n", cancellationToken);
        var lines = answer.Split("\r\n");
        var location = lines.TakeWhile(line => line.Length > 0).FirstOrDefault(line => line.StartsWith("Location: ", StringComparison.OrdinalIgnoreCase));
        return (int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), location?["Location: ".Length..]);
    }
}

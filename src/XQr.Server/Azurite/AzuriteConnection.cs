using System.Net.Sockets;
using System.Text;

namespace XQr.Server.Azurite;

/// <summary>The connection to an Azurite.</summary>
/// <param name="ConnectionString">The connection string for blobs, queues and tables.</param>
/// <param name="Life">The address on which it listens from its start until all its data is saved.</param>
internal sealed record AzuriteConnection(string ConnectionString, Uri Life)
{
    public static async Task<AzuriteConnection?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllLinesAsync(path, cancellationToken) is [var connectionString, var life]
                ? new(connectionString, new Uri(life))
                : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        PrivateFile.WriteAsync(path, Encoding.UTF8.GetBytes($"{ConnectionString}\n{Life}\n"), cancellationToken);

    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(Life.Host, Life.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

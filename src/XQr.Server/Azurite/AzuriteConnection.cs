using System.Net.Sockets;
using System.Text;

namespace XQr.Server.Azurite;

/// <summary>Represents the connection to an Azurite process.</summary>
/// <param name="ConnectionString">The connection string for blobs, queues and tables.</param>
/// <param name="Liveness">The address on which the process listens from its start until all data is saved.</param>
internal sealed record AzuriteConnection(string ConnectionString, Uri Liveness)
{
    /// <summary>Reads a connection from a file, or returns null if there is none.</summary>
    public static async Task<AzuriteConnection?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllLinesAsync(path, cancellationToken) is [var connectionString, var liveness]
                ? new(connectionString, new Uri(liveness))
                : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes the connection to a file that only the current user can read.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        PrivateFile.WriteAsync(path, Encoding.UTF8.GetBytes($"{ConnectionString}\n{Liveness}\n"), cancellationToken);

    /// <summary>Returns true if the process still runs.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(Liveness.Host, Liveness.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

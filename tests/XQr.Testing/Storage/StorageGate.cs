using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Net.Sockets;

namespace XQr.Testing.Storage;

/// <summary>
/// A way to the tables and blobs of a storage that can be closed, so that an instance behind it meets an outage while the storage
/// itself, and the other instances, go on.
/// </summary>
public sealed class StorageGate : IAsyncDisposable
{
    private readonly ConcurrentBag<TcpClient> connections = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly List<TcpListener> listeners = [];
    private readonly List<Task> accepting = [];
    private volatile Way way = Way.Open;

    public StorageGate(string connectionString)
    {
        ConnectionString = connectionString;
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var name in (string[])["TableEndpoint", "BlobEndpoint"])
        {
            var endpoint = new Uri((string)parts[name]);
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            listeners.Add(listener);
            ConnectionString = ConnectionString.Replace(endpoint.Authority, listener.LocalEndpoint.ToString(), StringComparison.Ordinal);
            accepting.Add(AcceptAsync(listener, endpoint));
        }
    }

    private enum Way
    {
        Open,
        Refusing,
        Silent,
    }

    /// <summary>The storage, by way of this gate.</summary>
    public string ConnectionString { get; }

    public void Open() => Turn(Way.Open);

    /// <summary>Storage is down: connections break at once.</summary>
    public void Refuse() => Turn(Way.Refusing);

    /// <summary>Storage hangs: connections are taken and never answered.</summary>
    public void Hang() => Turn(Way.Silent);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listeners.ForEach(listener => listener.Dispose());
        Turn(Way.Refusing);
        await Task.WhenAll(accepting);
        stopping.Dispose();
    }

    private void Turn(Way next)
    {
        way = next;
        while (connections.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private async Task AcceptAsync(TcpListener listener, Uri endpoint)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                connections.Add(client);
                _ = ServeAsync(client, endpoint);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The gate is taken down.
        }
    }

    private async Task ServeAsync(TcpClient client, Uri endpoint)
    {
        if (way == Way.Refusing)
        {
            client.Dispose();
        }

        if (way != Way.Open)
        {
            return;
        }

        try
        {
            using var server = new TcpClient();
            connections.Add(server);
            await server.ConnectAsync(endpoint.Host, endpoint.Port, stopping.Token);
            var (inner, outer) = (server.GetStream(), client.GetStream());
            await Task.WhenAny(outer.CopyToAsync(inner, stopping.Token), inner.CopyToAsync(outer, stopping.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side hung up, or the gate was closed.
        }

        client.Dispose();
    }
}

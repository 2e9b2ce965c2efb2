using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Net.Sockets;

namespace XQr.Testing.Storage;

/// <summary>
/// A way to the tables of a storage that can be closed, so that an instance behind it meets an outage while the storage itself, and
/// the other instances, go on.
/// </summary>
public sealed class StorageGate : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> connections = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Uri storage;
    private readonly Task accepting;
    private volatile Way way = Way.Open;

    public StorageGate(string connectionString)
    {
        storage = new Uri((string)new DbConnectionStringBuilder { ConnectionString = connectionString }["TableEndpoint"]);
        listener.Start();
        ConnectionString = connectionString.Replace(storage.Authority, listener.LocalEndpoint.ToString(), StringComparison.Ordinal);
        accepting = AcceptAsync();
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
        listener.Dispose();
        Turn(Way.Refusing);
        await accepting;
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

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                connections.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The gate is taken down.
        }
    }

    private async Task ServeAsync(TcpClient client)
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
            await server.ConnectAsync(storage.Host, storage.Port, stopping.Token);
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

using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Net.Sockets;

namespace XQr.Testing.Storage;

/// <summary>
/// Proxies the connections to the tables, blobs and queues of storage, and simulates an outage for the instances that use it. Other instances are not
/// affected.
/// </summary>
public sealed class StorageGate : IAsyncDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1500);

    private readonly ConcurrentBag<TcpClient> connections = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly List<TcpListener> listeners = [];
    private readonly List<Task> accepting = [];
    private volatile State state = State.Open;

    public StorageGate(string connectionString)
    {
        ConnectionString = connectionString;
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var name in (string[])["TableEndpoint", "BlobEndpoint", "QueueEndpoint"])
        {
            var endpoint = new Uri((string)parts[name]);
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            listeners.Add(listener);
            ConnectionString = ConnectionString.Replace(endpoint.Authority, listener.LocalEndpoint.ToString(), StringComparison.Ordinal);
            accepting.Add(AcceptAsync(listener, endpoint));
        }
    }

    private enum State
    {
        Open,
        Refusing,
        Silent,
        Slow,
    }

    /// <summary>Gets the connection string for storage through this proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>Ends the outage.</summary>
    public void Open() => Set(State.Open);

    /// <summary>Simulates storage that refuses connections, or accepts them and does not respond.</summary>
    /// <param name="hangs">True if storage accepts connections.</param>
    public void Close(bool hangs) => Set(hangs ? State.Silent : State.Refusing);

    /// <summary>Simulates storage that responds after 1.5 seconds, more than the service gives an attempt of a request.</summary>
    public void Slow() => Set(State.Slow);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listeners.ForEach(listener => listener.Dispose());
        Set(State.Refusing);
        await Task.WhenAll(accepting);
        stopping.Dispose();
    }

    private void Set(State next)
    {
        state = next;
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
            // The proxy was disposed.
        }
    }

    private async Task ServeAsync(TcpClient client, Uri endpoint)
    {
        if (state == State.Refusing)
        {
            client.Dispose();
        }

        if (state is not (State.Open or State.Slow))
        {
            return;
        }

        try
        {
            using var server = new TcpClient();
            connections.Add(server);
            await server.ConnectAsync(endpoint.Host, endpoint.Port, stopping.Token);
            var (inner, outer) = (server.GetStream(), client.GetStream());
            await Task.WhenAny(outer.CopyToAsync(inner, stopping.Token), AnswerAsync(inner, outer));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException
            or ObjectDisposedException or InvalidOperationException)
        {
            // One side closed the connection, or the state of the proxy changed.
        }

        client.Dispose();
    }

    /// <summary>Copies the answers of storage, each part after the delay of slow storage.</summary>
    private async Task AnswerAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, stopping.Token) is > 0 and var count)
        {
            if (state == State.Slow)
            {
                await Task.Delay(Delay, stopping.Token);
            }

            await to.WriteAsync(buffer.AsMemory(0, count), stopping.Token);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure;
using Azure.Data.Tables;
using XQr.Testing;

namespace XQr.Server.Tests;

public sealed class StopTests : IDisposable
{
    private const int Visits = 200;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Signals_StoreScansThatAreStillInMemory()
    {
        string key, id;
        await using (var first = await StartAsync())
        {
            key = first.Key!;
            using var owner = first.NewClient();
            id = (await owner.NewLinkAsync()).Text("id");
            await VisitAndStopAsync(first, owner, "TERM");
        }

        await using (var second = await StartAsync())
        {
            using var owner = second.NewClient(key);
            Assert.Equal(Visits, (await owner.LinkAsync(id)).Number("scan_count"));
            await VisitAndStopAsync(second, owner, "INT");
        }

        await using var last = await StartAsync();
        using var client = last.NewClient(key);
        Assert.Equal(2 * Visits, (await client.LinkAsync(id)).Number("scan_count"));

        Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(folder.Path, "--Xqr:Scans:CommitWait", "0");

        async Task VisitAndStopAsync(ServerProcess server, HttpClient owner, string signal)
        {
            var code = (await owner.LinkAsync(id)).Text("short_code");
            await Parallel.ForAsync(0, Visits, async (_, _) =>
            {
                using var visit = await owner.VisitAsync($"/{code}");
                Assert.Equal(HttpStatusCode.Found, visit.StatusCode);
            });
            server.Signal(signal);
            Assert.Equal(0, (await server.EndedAsync()).ExitCode);
        }
    }

    [Fact]
    public async Task Kill_EndsAzurite_AndKeepsTheData()
    {
        string key, id, storage;
        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            (key, storage) = (server.Key!, server.ConnectionString);
            using var owner = server.NewClient();
            id = (await owner.NewLinkAsync()).Text("id");
            server.Signal("KILL");
            await server.EndedAsync();
        }

        // The storage of the killed server may still be saving its data.
        await using var next = await ServerProcess.StartAsync(folder.Path);
        Assert.NotEqual(storage, next.ConnectionString);
        Assert.False(await RespondsAsync(storage), "The Azurite process still runs.");
        using var client = next.NewClient(key);
        Assert.Equal(id, (await client.LinkAsync(id)).Text("id"));
    }

    [Fact]
    public async Task SecondCtrlC_EndsImmediately()
    {
        // Storage in memory, because the Azurite of a terminated server would still be saving its data.
        await using var server = await ServerProcess.StartAsync(folder.Path, "--ephemeral");

        // The server waits for the body of this request, which is never sent.
        var address = new Uri(server.BaseUrl);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/links HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Key}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"));
        var answer = new byte[64];
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer)), StringComparison.Ordinal);
        server.Signal("INT");
        await Eventually.TrueAsync(async () => !await ListensAsync(address), "The server accepts no more requests.");
        server.Signal("INT");

        Assert.Equal(130, (await server.EndedAsync()).ExitCode);
    }

    [Fact]
    public async Task UnexpectedEndOfStorage_EndsTheServer()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        await Processes.KillChildAsync(server.ProcessId);

        var run = await server.EndedAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("storage ended unexpectedly", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>Returns true if storage responds to its key. Another process can listen on its port now.</summary>
    private static async Task<bool> RespondsAsync(string connectionString)
    {
        var client = new TableServiceClient(connectionString, new() { Retry = { MaxRetries = 0 } });
        try
        {
            await client.GetPropertiesAsync();
            return true;
        }
        catch (RequestFailedException)
        {
            return false;
        }
    }

    private static async Task<bool> ListensAsync(Uri address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Net.Sockets;
using System.Text;
using XQr.Api.Analytics.Scans;
using XQr.Api.IntegrationTests.Analytics;
using XQr.Api.IntegrationTests.Analytics.Queries;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>A client that closes its connection early is no fault of the service: nothing is logged as one.</summary>
public sealed class HangUpTests(ServiceFixture service)
{
    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"url\"")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n6\r\n{\"url\"\r\n")]
    public async Task ClientThatLeavesInItsBody_IsNotLoggedAsAnError(string bodyBegins)
    {
        await using var instance = await service.StartAnotherAsync();
        var workspace = await instance.NewWorkspaceAsync();
        using var requests = new ActiveRequests(instance);
        using var socket = await ConnectAsync(instance);
        await SendAsync(
            socket,
            $"POST /api/v1/links HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {workspace.Key}\r\nContent-Type: application/json\r\n{bodyBegins}");
        await Eventually.TrueAsync(() => Task.FromResult(requests.HaveStarted), "the request has started");

        socket.Close(0);

        await AssertNoErrorAsync(instance, requests);
    }

    [Fact]
    public async Task ClientThatLeavesInALongAnswer_IsNotLoggedAsAnError()
    {
        await using var instance = await service.StartAnotherAsync();
        var workspace = await instance.NewWorkspaceAsync();
        var link = await KnownLink.CreateAsync(workspace.Client);
        var beginning = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(-4), TimeSpan.Zero);
        await instance.StoreScansAsync(workspace.Id, Enumerable.Range(0, 80_000).Select(
            index => new Scan(link.Id, beginning.AddSeconds(index * 2), "DE", "mobile", "Safari", "iOS", "a.example")));
        await instance.AggregateAsync(workspace.Id);
        using var requests = new ActiveRequests(instance);
        using var socket = await ConnectAsync(instance);
        await SendAsync(socket, $"GET /api/v1/analytics/export HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {workspace.Key}\r\n\r\n");
        var answer = new byte[15];
        await socket.ReceiveAsync(answer);
        Assert.Equal("HTTP/1.1 200 OK", Encoding.ASCII.GetString(answer));

        socket.Close(0);

        await AssertNoErrorAsync(instance, requests);
    }

    private static async Task<Socket> ConnectAsync(XQrApplication instance)
    {
        // A small buffer, so that a long answer has to wait for its reader.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(instance.Address.Host, instance.Address.Port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string request) => await socket.SendAsync(Encoding.ASCII.GetBytes(request));

    /// <summary>Waits until the last request has ended on the server.</summary>
    private static async Task AssertNoErrorAsync(XQrApplication instance, ActiveRequests requests)
    {
        await Eventually.TrueAsync(() => Task.FromResult(requests is { HaveStarted: true, HaveEnded: true }), "the request has ended");
        Assert.DoesNotContain(
            instance.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)
            || line.Contains("Storage was unavailable", StringComparison.Ordinal) || line.Contains(
                "could not be completed", StringComparison.Ordinal));
    }
}

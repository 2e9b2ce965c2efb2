using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Screens;

/// <summary>Records the requests that a tab sends to the server, with the bytes of their responses on the wire.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private readonly ICDPSession session;
    private readonly ConcurrentDictionary<string, string> urls = new();
    private readonly ConcurrentDictionary<string, double> bytes = new();

    private Traffic(ICDPSession session)
    {
        this.session = session;
        session.Event("Network.requestWillBeSent").OnEvent += (_, sent) => urls[Id(sent)] = Url(sent!.Value);
        session.Event("Network.requestServedFromCache").OnEvent += (_, cached) => urls.TryRemove(Id(cached), out var _);
        session.Event("Network.loadingFinished").OnEvent += (_, loaded) =>
            bytes[Id(loaded)] = loaded!.Value.GetProperty("encodedDataLength").GetDouble();
    }

    public static async Task<Traffic> RecordAsync(IPage page)
    {
        var traffic = new Traffic(await page.Context.NewCDPSessionAsync(page));
        await traffic.session.SendAsync("Network.enable");
        return traffic;
    }

    /// <summary>Asserts the most bytes and requests. The events may come after the page is loaded, so it waits for the page's own.</summary>
    public async Task IsWithinAsync(int maxBytes, int requests)
    {
        await Eventually.TrueAsync(() => Task.FromResult(urls.Keys.Any(id => bytes.GetValueOrDefault(id) > 0)), "The page is received.");
        var sent = urls.Where(request => bytes.GetValueOrDefault(request.Key) > 0)
            .Select(request => $"{bytes[request.Key],7} {request.Value}")
            .ToArray();
        var total = urls.Keys.Sum(id => bytes.GetValueOrDefault(id));
        var report = $"{total} bytes, {sent.Length} requests:\n{string.Join('\n', sent)}";
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(sent.Length > 0 && sent.Length <= requests && total <= maxBytes, report);
    }

    public async ValueTask DisposeAsync() => await session.DetachAsync();

    private static string Id(JsonElement? parameters) => parameters!.Value.GetProperty("requestId").GetString()!;

    private static string Url(JsonElement sent) => sent.GetProperty("request").GetProperty("url").GetString()!;
}

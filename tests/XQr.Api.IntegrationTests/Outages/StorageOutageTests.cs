using System.Net;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline.Keys;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Outages;

/// <summary>During an outage, cached codes redirect, all other requests get 503, and no acknowledged scan is lost.</summary>
public sealed class StorageOutageTests(ServiceFixture service)
{
    /// <summary>Well over the 5 seconds that the service takes at most, so that a busy machine fails no test; a hang does.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WarmRedirects_GoOnAndTheirScansAreCountedOnceStorageIsBack(bool hangs)
    {
        await using var gate = new StorageGate(service.ConnectionString);

        // The pauses between two attempts to store scans are those of the real clock.
        await using var instance = await XQrApplication.StartAsync(
            gate.ConnectionString, configure: services => services.AddSingleton(TimeProvider.System));
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await instance.Client.VisitAsync(link.Text("short_code"));
        await ScansAsync(1);

        Close(gate, instance, hangs);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(link.Text("short_code"))).StatusCode);
        }

        Assert.Equal(1, (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count"));
        Open(gate, instance);
        await ScansAsync(21);
        await instance.Client.VisitAsync(link.Text("short_code"));
        await instance.StopAsync();
        Assert.Equal(22, (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count"));

        Task ScansAsync(int count) => Eventually.TrueAsync(
            async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") == count, $"{count} scans are counted.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WarmRedirects_GoOnForAnHour(bool hangs)
    {
        var time = new OffsetTime();
        await using var gate = new StorageGate(service.ConnectionString);
        await using var instance = await XQrApplication.StartAsync(gate.ConnectionString, configure: time.Register);
        var code = (await (await service.NewWorkspaceAsync()).Client.NewLinkAsync()).Text("short_code");
        await instance.Client.VisitAsync(code, method: HttpMethod.Head);

        Close(gate, instance, hangs);
        time.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(code, method: HttpMethod.Head)).StatusCode);

        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await instance.Client.VisitAsync(code, method: HttpMethod.Head)).StatusCode);

        Open(gate, instance);
        await Eventually.TrueAsync(
            async () => (await instance.Client.VisitAsync(code, method: HttpMethod.Head)).StatusCode == HttpStatusCode.Found, "The service is back.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_UnavailableInTheEnvelopeAndBackWithoutARestart(bool hangs)
    {
        await using var gate = new StorageGate(service.ConnectionString);
        await using var instance = await XQrApplication.StartAsync(gate.ConnectionString);
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        var path = $"/api/v1/links/{link.Text("id")}";
        using var client = instance.NewClient(workspace.Key);
        client.Timeout = Timeout;
        await client.GetAsync(path);

        Close(gate, instance, hangs);
        HttpResponseMessage[] answers = await Task.WhenAll(
            client.GetAsync(path),
            client.GetAsync("/api/v1/links"),
            client.PostJsonAsync("/api/v1/links", """{"url":"https://example.com/"}"""),
            client.PatchJsonAsync(path, """{"enabled":false}"""),
            client.DeleteAsync(path),
            client.VisitAsync("/never-seen", headers: ("Accept", "application/json")));
        foreach (var answer in answers)
        {
            await answer.ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
            Assert.Equal("5", answer.Header("Retry-After"));
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);

        Open(gate, instance);
        await Eventually.TrueAsync(async () => (await client.GetAsync(path)).StatusCode == HttpStatusCode.OK, "The service is back.");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
        Assert.True((await client.LinkAsync(link.Text("id"))).GetProperty("enabled").GetBoolean());
    }

    /// <summary>A key may have been revoked since it was read, so older cache entries grant no access during an outage.</summary>
    [Fact]
    public async Task KeyReadAWhileAgo_IsNotUsedDuringAnOutage()
    {
        var time = new OffsetTime();
        await using var gate = new StorageGate(service.ConnectionString);
        await using var instance = await XQrApplication.StartAsync(gate.ConnectionString, configure: time.Register);
        var prefix = ApiKeyText.PrefixOf((await service.NewWorkspaceAsync()).Key)!;
        var callers = instance.Service<CallerCache>();
        Assert.NotNull(await callers.FindAsync(prefix, TestContext.Current.CancellationToken));

        gate.Close(hangs: false);
        time.Advance(TimeSpan.FromSeconds(10));

        var failure = await Assert.ThrowsAnyAsync<Exception>(async () => await callers.FindAsync(prefix, TestContext.Current.CancellationToken));
        Assert.True(StorageFailure.IsOutage(failure));
    }

    [Fact]
    public async Task ColdRedirect_PageThatAsksToTryAgain()
    {
        await using var gate = new StorageGate(service.ConnectionString);
        await using var instance = await XQrApplication.StartAsync(gate.ConnectionString);
        gate.Close(hangs: false);

        var visit = await instance.Client.VisitAsync("/never-seen", headers: ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, visit.StatusCode);
        Assert.Equal("text/html", visit.Content.Headers.ContentType?.MediaType);
        Assert.Contains("try again in a moment", await visit.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void Open(StorageGate gate, XQrApplication instance)
    {
        instance.StorageTimeout.IsExtended = true;
        gate.Open();
    }

    private static void Close(StorageGate gate, XQrApplication instance, bool hangs)
    {
        instance.StorageTimeout.IsExtended = false;
        gate.Close(hangs);
    }
}

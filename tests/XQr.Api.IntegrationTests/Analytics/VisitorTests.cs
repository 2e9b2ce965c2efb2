using Azure.Data.Tables;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

public sealed class VisitorTests(ServiceFixture service) : IAsyncLifetime
{
    private const string AddressHeader = "X-Test-Address";
    private const string Bot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    private readonly OffsetTime time = OffsetTime.InMidMonth();
    private XQrApplication instance = null!;
    private TestWorkspace workspace = null!;
    private string code = "";

    public async ValueTask InitializeAsync()
    {
        instance = await StartAsync();
        workspace = await instance.NewWorkspaceAsync();
        code = (await workspace.Client.NewLinkAsync()).Text("short_code");
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Visitors_AreToldApartByAddressAndUserAgent()
    {
        await VisitAsync("192.0.2.1");
        await VisitAsync("192.0.2.1");
        await VisitAsync("192.0.2.2");
        await VisitAsync("192.0.2.1", userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0");

        var scans = await StoredAsync();
        Assert.Equal((4, 3), (scans.Count, scans.Select(scan => scan.Visitor).Distinct().Count()));
        Assert.DoesNotContain(0UL, scans.Select(scan => scan.Visitor));
    }

    [Fact]
    public async Task TwoInstances_KnowTheSameVisitor()
    {
        await using var other = await StartAsync();
        await VisitAsync("192.0.2.1");
        await VisitAsync("192.0.2.1", other);

        await other.StopAsync();
        var scans = await StoredAsync();
        Assert.Equal(2, scans.Count);
        Assert.Single(scans.Select(scan => scan.Visitor).Distinct());
    }

    [Fact]
    public async Task AnotherWorkspaceOrAnotherDay_AnotherVisitor()
    {
        var second = await instance.NewWorkspaceAsync();
        var secondCode = (await second.Client.NewLinkAsync()).Text("short_code");
        await VisitAsync("192.0.2.1");
        await instance.Client.VisitAsync(secondCode, headers: (AddressHeader, "192.0.2.1"));
        await Eventually.TrueAsync(async () => (await StoredNowAsync()).Count == 1, "The first day's scan is stored.");
        time.Advance(TimeSpan.FromDays(1));
        await VisitAsync("192.0.2.1");

        var numbers = (await StoredAsync())
            .Concat(await instance.ScansAsync(second.Id, DateTimeOffset.UtcNow.AddDays(-1))).Select(scan => scan.Visitor);
        Assert.Equal(3, numbers.Distinct().Count());
    }

    [Theory]
    [InlineData("DNT")]
    [InlineData("Sec-GPC")]
    public async Task AsksNotToBeTracked_IsCountedWithoutANumber(string header)
    {
        await VisitAsync("192.0.2.1", headers: (header, "1"));
        await VisitAsync("192.0.2.1", headers: (header, "0"));

        Assert.Equal([true, false], (await StoredAsync()).OrderBy(scan => scan.Visitor).Select(scan => scan.Visitor == 0));
        Assert.Equal([(2L, 1L)], (await instance.DaysAsync(workspace.Id)).Select(day => (day.Statistics.Scans, day.Statistics.Visitors.Estimate())));
    }

    [Fact]
    public async Task Bots_AreRecordedApart()
    {
        await VisitAsync("192.0.2.1", userAgent: Bot);
        await VisitAsync("192.0.2.1", userAgent: "curl/8.5.0");
        await VisitAsync("192.0.2.1", headers: ("Purpose", "prefetch"));
        await instance.Client.VisitAsync(code, method: HttpMethod.Head);
        await VisitAsync("192.0.2.1");

        Assert.Equal(3, (await StoredAsync()).Count);
        Assert.Equal(1, (await instance.DaysAsync(workspace.Id)).Sum(day => day.Statistics.Scans));
        Assert.Equal(3, (await instance.DaysAsync(workspace.Id, includeBots: true)).Sum(day => day.Statistics.Scans));
        var link = (await service.Application.NewClient(workspace.Key).OnlyLinkAsync())!.Value;
        Assert.Equal(1, link.Number("scan_count"));
    }

    [Fact]
    public async Task DayIsOver_SaltIsThrownAway()
    {
        // Long ago, since all earlier salts go, and other tests need theirs.
        time.Advance(TimeSpan.FromDays(-4_000));
        await VisitAsync("192.0.2.1");
        var salts = instance.Service<DailySalts>();
        var yesterday = time.GetUtcNow();
        Assert.NotNull(await salts.FindAsync(yesterday, CancellationToken.None));

        // For an hour yesterday's scans may still come.
        time.Advance(yesterday.UtcDateTime.Date.AddDays(1).AddMinutes(30) - yesterday.UtcDateTime);
        await salts.RemoveAsync(CancellationToken.None);
        Assert.NotNull(await salts.FindAsync(yesterday, CancellationToken.None));

        time.Advance(TimeSpan.FromHours(1));
        await using var other = await StartAsync();
        Assert.Null(await salts.FindAsync(yesterday, CancellationToken.None));
        Assert.Null(await other.Service<DailySalts>().FindAsync(yesterday, CancellationToken.None));

        await salts.RemoveAsync(CancellationToken.None);
        Assert.Null(await instance.Service<SaltStore>().FindAsync(DateOnly.FromDateTime(yesterday.UtcDateTime), CancellationToken.None));
    }

    [Fact]
    public async Task SweepDiesAtAnyCall_SaltIsThrownAway()
    {
        time.Advance(TimeSpan.FromDays(-4_000));
        await using var dying = await StartAsync();
        var day = time.GetUtcNow();
        await WorkRuns.DieAtEachCallAsync(
            dying,
            instance,
            "salts",
            async () =>
            {
                day = time.GetUtcNow();
                await instance.Service<DailySalts>().FindAsync(day, CancellationToken.None);
                time.Advance(TimeSpan.FromDays(2));
                return "";
            },
            async () => Assert.Null(await instance.Service<SaltStore>().FindAsync(DateOnly.FromDateTime(day.UtcDateTime), CancellationToken.None)));
    }

    [Fact]
    public async Task SaltOfYesterdayIsGone_NoneIsMade()
    {
        var midnight = time.GetUtcNow().UtcDateTime.Date.AddYears(1);
        time.Advance(midnight - time.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(10));

        Assert.Null(await instance.Service<DailySalts>().FindAsync(new(midnight.AddMinutes(-1), TimeSpan.Zero), CancellationToken.None));
        Assert.NotNull(await instance.Service<DailySalts>().FindAsync(new(midnight, TimeSpan.Zero), CancellationToken.None));
    }

    [Fact]
    public async Task Address_IsNowhereInStorageOrLogs()
    {
        const string Address = "198.51.100.77";
        await VisitAsync(Address);
        await VisitAsync(Address, headers: ("DNT", "1"));
        await StoredAsync();

        Assert.DoesNotContain(instance.Logs.All, line => line.Contains(Address, StringComparison.Ordinal));
        byte[] bytes = [198, 51, 100, 77];
        foreach (var table in instance.Service<Tables>().All)
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            {
                if (row.PartitionKey == workspace.Id || row.RowKey == workspace.Id)
                {
                    var values = row.Select(property => property.Value);
                    Assert.DoesNotContain(values, value => value is string text && text.Contains(Address, StringComparison.Ordinal));
                    Assert.DoesNotContain(
                        values, value => value is byte[] data && (data.AsSpan().IndexOf(bytes) >= 0 || data.AsSpan().IndexOf("198.51.100"u8) >= 0));
                }
            }
        }
    }

    private Task<XQrApplication> StartAsync() =>
        service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:ClientIpHeader"] = AddressHeader }, time.Register);

    private Task<HttpResponseMessage> VisitAsync(
        string address, XQrApplication? at = null, string? userAgent = null, params (string Name, string Value)[] headers) =>
        userAgent is null
            ? (at ?? instance).Client.VisitAsync(code, headers: [(AddressHeader, address), .. headers])
            : (at ?? instance).Client.VisitAsync(code, userAgent: userAgent, headers: [(AddressHeader, address), .. headers]);

    /// <summary>All scans of the workspace, once the instance has stored them.</summary>
    private async Task<List<Scan>> StoredAsync()
    {
        await instance.StopAsync();
        return await StoredNowAsync();
    }

    private Task<List<Scan>> StoredNowAsync() => service.Application.ScansAsync(workspace.Id, DateTimeOffset.UtcNow.AddDays(-1));
}

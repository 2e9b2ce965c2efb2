using System.Net;
using System.Text.Json;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Workspaces;

/// <summary>Tests the usage of a workspace. Counts of links after crashes and recounts are tested with the links.</summary>
public sealed class UsageTests(ServiceFixture service)
{
    [Fact]
    public async Task Usage_HasItsFields()
    {
        await using var instance = await service.StartAnotherAsync(services: OffsetTime.InMidMonth().Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);

        var data = await UsageAsync(workspace.Client);

        Assert.Equal("pro", data.Text("plan"));
        Assert.Equal(
            """{"links_created_this_month":0,"api_calls_this_month":1,"total_links":0,"total_qr_templates":0"""
                + ""","total_bio_pages":0,"storage_bytes":0,"storage_mb":0}""",
            data.GetProperty("usage").GetRawText());
        Assert.Equal(
            """{"links_per_month":5000,"dynamic_qr":500,"bio_pages":25,"storage_mb":500,"api_calls_per_month":1000,"qr_templates":100}""",
            data.GetProperty("limits").GetRawText());
        Assert.Equal(
            """{"routing_rules":true,"csv_export":true,"bulk_ops":true,"ad_free":true}""", data.GetProperty("features").GetRawText());
        Assert.Equal(["plan", "usage", "limits", "features"], data.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task NoLimit_IsNull()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Enterprise:CallsPerMonth"] = "-1" });
        var workspace = await instance.NewWorkspaceAsync(Plan.Enterprise);

        var limits = (await UsageAsync(workspace.Client)).GetProperty("limits");

        Assert.Equal(6, limits.EnumerateObject().Count());
        Assert.All(limits.EnumerateObject(), limit => Assert.Equal(JsonValueKind.Null, limit.Value.ValueKind));
    }

    [Fact]
    public async Task FeaturesAndLimits_AreThePlansAsConfigured()
    {
        var settings = new Dictionary<string, string?> { ["Xqr:Plans:Pro:Features:BulkOps"] = "false", ["Xqr:Plans:Pro:StorageMb"] = "7" };
        await using var instance = await service.StartAnotherAsync(settings);
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);

        var data = await UsageAsync(workspace.Client);

        Assert.False(data.GetProperty("features").GetProperty("bulk_ops").GetBoolean());
        Assert.True(data.GetProperty("features").GetProperty("csv_export").GetBoolean());
        Assert.Equal(7, data.GetProperty("limits").Number("storage_mb"));
    }

    [Fact]
    public async Task Links_CountedAsTheyComeAndGo()
    {
        var time = OffsetTime.InMidMonth();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();
        await workspace.Client.PostJsonAsync(
            "/api/v1/links/bulk", """{"links":[{"url":"https://example.com/"},{"url":"https://example.com/"},{"url":"nonsense"}]}""");
        Assert.Equal((3, 3), await LinksAsync());

        // A deletion does not reduce the creations of the month.
        await workspace.Client.DeleteAsync($"/api/v1/links/{link.Text("id")}");
        Assert.Equal((3, 2), await LinksAsync());

        time.Advance(NextMonth(time.GetUtcNow()) - time.GetUtcNow());
        Assert.Equal((0, 2), await LinksAsync());
        await workspace.Client.NewLinkAsync();
        Assert.Equal((1, 3), await LinksAsync());

        async Task<(long Created, long Total)> LinksAsync()
        {
            var usage = (await UsageAsync(workspace.Client)).GetProperty("usage");
            return (usage.Number("links_created_this_month"), usage.Number("total_links"));
        }
    }

    [Fact]
    public async Task Calls_AreThoseOfTheQuota()
    {
        var time = OffsetTime.InMidMonth();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => workspace.Client.GetAsync("/api/v1/links/x")));

        var answer = await workspace.Client.GetAsync("/api/v1/workspace/usage");

        // Every call counts, whatever its status, including this one.
        Assert.Equal(21, Calls(await answer.DataAsync()));
        Assert.Equal($"{25_000 - 21}", answer.Header("X-Quota-Remaining"));

        time.Advance(NextMonth(time.GetUtcNow()) - time.GetUtcNow());
        Assert.Equal(1, Calls(await UsageAsync(workspace.Client)));
    }

    [Fact]
    public async Task CallsOfSeveralInstances_ExactOnceTheyHaveSettled()
    {
        var time = OffsetTime.InMidMonth();
        await using var one = await service.StartAnotherAsync(services: time.Register);
        await using var two = await service.StartAnotherAsync(services: time.Register);
        var workspace = await one.NewWorkspaceAsync(Plan.Business);
        HttpClient[] clients = [one.NewClient(workspace.Key), two.NewClient(workspace.Key)];
        await Task.WhenAll(Enumerable.Range(0, 30).Select(index => clients[index % 2].GetAsync("/api/v1/links/x")));

        // The count includes the other instance's lease, at most a fortieth of the month's calls; it is never too small.
        Assert.InRange(Calls(await UsageAsync(clients[0])), 31, 31 + (25_000 / 40));

        await SettleAsync(two);
        Assert.Equal(32, Calls(await UsageAsync(clients[0])));

        // An instance that has returned its lease takes another, and one that is still in use keeps its lease.
        await clients[1].GetAsync("/api/v1/links/x");
        await SettleAsync(one, two);
        Assert.Equal(34, Calls(await UsageAsync(clients[1])));
    }

    [Fact]
    public async Task LeasesGivenBackWhileOthersCall_AdmitTheQuotaExactly()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Xqr:Plans:Business:CallsPerMonth"] = "100",
            ["Xqr:Plans:Business:BurstPerSecond"] = "1000",
        };
        var time = OffsetTime.InMidMonth();
        await using var one = await service.StartAnotherAsync(settings, time.Register);
        await using var two = await service.StartAnotherAsync(settings, time.Register);
        var workspace = await one.NewWorkspaceAsync(Plan.Business);
        HttpClient[] clients = [one.NewClient(workspace.Key), two.NewClient(workspace.Key)];
        using var done = new CancellationTokenSource();
        var returning = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await SettleAsync(one, two);
            }
        });

        var answers = new List<HttpResponseMessage>();
        for (var round = 0; round < 15; round++)
        {
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 12).Select(index => clients[index % 2].GetAsync("/api/v1/links/x"))));
        }

        await done.CancelAsync();
        await returning;
        Assert.Equal(100, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
        Assert.Equal(80, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task StaleLeaseOfAnotherMonth_GivesNothingBack()
    {
        var time = OffsetTime.InMidMonth();
        await using var old = await service.StartAnotherAsync(services: time.Register);
        await using var current = await service.StartAnotherAsync(services: time.Register);
        var workspace = await old.NewWorkspaceAsync(Plan.Business);
        using var client = current.NewClient(workspace.Key);
        await workspace.Client.GetAsync("/api/v1/links/x");

        time.Advance(NextMonth(time.GetUtcNow()) - time.GetUtcNow());
        await client.GetAsync("/api/v1/links/x");
        await SettleAsync(old);

        Assert.Equal(2, Calls(await UsageAsync(client)));
    }

    /// <summary>Runs the work of each minute twice: the first run records that there are no more calls.</summary>
    private static async Task SettleAsync(params XQrApplication[] instances)
    {
        foreach (var limiter in instances.Concat(instances).Select(instance => instance.Service<RateLimiter>()))
        {
            await limiter.ReturnIdleAsync(CancellationToken.None);
        }
    }

    private static async Task<JsonElement> UsageAsync(HttpClient client) => await (await client.GetAsync("/api/v1/workspace/usage")).DataAsync();

    private static long Calls(JsonElement data) => data.GetProperty("usage").Number("api_calls_this_month");

    private static DateTimeOffset NextMonth(DateTimeOffset now) => new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
}

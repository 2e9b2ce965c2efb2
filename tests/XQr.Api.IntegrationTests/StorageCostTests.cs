using System.Net;
using XQr.Api.IntegrationTests.Links;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests;

/// <summary>
/// Storage transactions of each operation: what is billed, and what takes the time. Every call counts, those in the background too.
/// </summary>
public sealed class StorageCostTests(ServiceFixture service)
{
    /// <summary>The time does not change by itself, so no day ends and no cache entry expires during a measurement.</summary>
    private readonly StillTime time = new();

    [Fact]
    public async Task ColdRedirect_OneRead()
    {
        // It waits until its scan is stored.
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Scans:CommitWait"] = "5000" }, time.Register);
        var link = await (await service.NewWorkspaceAsync()).Client.NewLinkAsync();

        var calls = await instance.Calls.DuringAsync(() => instance.Client.VisitAsync(link.Text("short_code")));

        Assert.Single(calls, call => call.IsRead && call.IsOf("ShortCodes"));
        Assert.Single(calls, call => !call.IsRead && call.IsOf("$batch"));

        // Once a day the day's salt.
        Assert.InRange(calls.Count(call => call.IsOf("Salts")), 1, 2);
        Assert.InRange(calls.Length, 3, 4);
    }

    [Fact]
    public async Task WarmRedirects_NoReadAndFewWritesAtSixtyFourParallel()
    {
        const int Visits = 6_400;

        // A group of scans has the time in which a busy machine brings all visitors back.
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Scans:CommitWait"] = "250" }, time.Register);
        var workspace = await service.NewWorkspaceAsync();
        var code = (await workspace.Client.NewLinkAsync()).Text("short_code");
        await instance.Client.VisitAsync(code);

        var calls = await instance.Calls.DuringAsync(() => Parallel.ForEachAsync(
            Enumerable.Range(0, Visits),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, _) => Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(code)).StatusCode)));

        Assert.DoesNotContain(calls, call => call.IsRead);
        Assert.InRange(calls.Count(call => !call.IsRead), 1, (int)(Visits * 0.02));
    }

    [Fact]
    public async Task Operations_CostWhatTheyShould()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        await workspace.Client.GetAsync("/api/v1/links");
        var link = new Uri($"/api/v1/links/{(await workspace.Client.NewLinkAsync()).Text("id")}", UriKind.Relative);
        var path = link.ToString();

        Assert.Equal(3, await CostAsync(() => workspace.Client.NewLinkAsync()));
        Assert.Equal(
            3,
            await CostAsync(() => workspace.Client.NewLinkAsync($$"""{"url":"https://example.com/","custom_slug":"cost-{{Guid.NewGuid():N}}"}""")));
        Assert.Equal(1, await CostAsync(() => workspace.Client.GetAsync(path)));
        Assert.Equal(1, await CostAsync(() => workspace.Client.GetAsync($"{path}/changes")));
        Assert.Equal(3, await CostAsync(() => workspace.Client.GetAsync($"{path}/qr")));
        Assert.Equal(1, await CostAsync(() => workspace.Client.GetAsync($"{path}/qr")));
        Assert.Equal(2, await CostAsync(() => workspace.Client.PatchJsonAsync(path, """{"labels":["a"]}""")));
        Assert.Equal(4, await CostAsync(() => workspace.Client.PatchJsonAsync(path, """{"url":"https://example.org/"}""")));

        // The note and the message that request the erasure of its scans.
        Assert.Equal(4 + 2, await CostAsync(() => workspace.Client.DeleteAsync(path)));
        Assert.Equal(0, await CostAsync(() => workspace.Client.GetAsync("/api/v1/links/not-an-id")));

        Task<int> CostAsync(Func<Task> act) => instance.Calls.CostAsync(act);
    }

    [Fact]
    public async Task Workspace_CostsNothingItsUsageARowEachCount()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        await workspace.Client.GetAsync("/api/v1/workspace");

        Assert.DoesNotContain(
            await instance.Calls.DuringAsync(() => workspace.Client.GetAsync("/api/v1/workspace")),
            call => !call.IsOf("RateCounters") && !call.IsOf("ApiKeys"));
        Assert.Equal(1, await instance.Calls.CostAsync(() => workspace.Client.GetAsync("/api/v1/workspace/members")));

        // Each slice that counts reads one row; that of the calls is one of the limits' counters.
        var calls = await instance.Calls.DuringAsync(() => workspace.Client.GetAsync("/api/v1/workspace/usage"));
        Assert.Equal(instance.Service<IEnumerable<IUsageSource>>().Count(), calls.Count(call => call.IsRead && !call.IsOf("ApiKeys")));
    }

    [Fact]
    public async Task LeaseOfAWorkspaceThatHasGoneQuiet_OneWrite()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        await workspace.Client.GetAsync("/api/v1/links/x");
        var limiter = instance.Service<RateLimiter>();
        await limiter.ReturnIdleAsync(CancellationToken.None);

        Assert.Single(
            await instance.Calls.DuringAsync(() => limiter.ReturnIdleAsync(CancellationToken.None)),
            call => !call.IsRead && call.IsOf("RateCounters"));
        Assert.DoesNotContain(
            await instance.Calls.DuringAsync(() => limiter.ReturnIdleAsync(CancellationToken.None)), call => call.IsOf("RateCounters"));
    }

    [Fact]
    public async Task BulkOfAHundred_EightCallsAtMost()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        await workspace.Client.GetAsync("/api/v1/links");
        var plain = $$"""{"links":[{{string.Join(',', Enumerable.Repeat("""{"url":"https://example.com/"}""", 100))}}]}""";
        var labelled = $$"""{"links":[{{string.Join(',', Enumerable.Repeat("""{"url":"https://example.com/","labels":["a","b"]}""", 100))}}]}""";

        // Claims, the current counts, two transactions of links, and the rows that redirects read.
        Assert.Equal(5, await instance.Calls.CostAsync(() => CreateAsync(plain)));
        Assert.InRange(await instance.Calls.CostAsync(() => CreateAsync(labelled)), 5, 8);

        async Task CreateAsync(string body)
        {
            var response = await workspace.Client.PostJsonAsync("/api/v1/links/bulk", body);
            Assert.Equal(100, (await response.DataAsync(HttpStatusCode.Created)).GetProperty("created").GetArrayLength());
        }
    }

    [Fact]
    public async Task ChangesOfAHundred_ShareTransactions()
    {
        const int Links = 100;
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        var items = string.Join(',', Enumerable.Repeat("""{"url":"https://example.com/"}""", Links));
        var created = await workspace.Client.PostJsonAsync("/api/v1/links/bulk", $$"""{"links":[{{items}}]}""");
        var links = (await created.DataAsync(HttpStatusCode.Created)).GetProperty("created").EnumerateArray();
        var ids = $"[{string.Join(',', links.Select(link => $"\"{link.Text("id")}\""))}]";

        // Each link is read. Redirects need a mark before a change and a row after it. The links are written in shared transactions.
        await CostsAsync(Links, () => UpdateAsync($$"""{"ids":{{ids}},"add_labels":["a"]}"""));
        await CostsAsync(Links, () => UpdateAsync($$"""{"ids":{{ids}},"add_labels":["a"]}"""));
        await CostsAsync(3 * Links, () => UpdateAsync($$"""{"ids":{{ids}},"set":{"expires_at":"2999-01-01T00:00:00Z"} }"""));
        await CostsAsync(3 * Links, () => workspace.Client.PostJsonAsync("/api/v1/links/bulk/delete", $$"""{"ids":{{ids}} }"""));

        async Task CostsAsync(int calls, Func<Task> act) => Assert.InRange(await instance.Calls.CostAsync(act), calls, calls + 40);

        async Task UpdateAsync(string body) =>
            Assert.Equal(Links, (await (await workspace.Client.PatchJsonAsync("/api/v1/links/bulk", body)).DataAsync()).Number("updated"));
    }

    [Fact]
    public async Task Lists_CostWhatTheyShow()
    {
        const int Many = 10_100;
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        await LinkSeed.AddAsync(instance, workspace.Id, Many, index => index % 1_000 == 0 ? ["rare"] : []);
        await workspace.Client.GetAsync("/api/v1/links");

        Assert.Equal(2, await CostAsync(""));
        Assert.Equal(2, await CostAsync("?limit=200"));
        Assert.Equal(2, await CostAsync("?enabled=true"));
        Assert.Equal(3, await CostAsync("?offset=500"));
        Assert.Equal(12, await CostAsync("?offset=10000"));

        // One for the index, and one for each link that has the label.
        Assert.Equal(1 + 11, await CostAsync("?label=rare"));
        Assert.Equal(1 + 2, await CostAsync("?label=rare&limit=2&offset=5"));
        Assert.Equal(1, await CostAsync("?label=unheard-of"));
        Assert.Equal(1, await CostAsync("?enabled=false"));
        Assert.InRange(await CostAsync("?q=/9999"), 11, 13);

        Task<int> CostAsync(string query) => instance.Calls.CostAsync(
            async () => Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync($"/api/v1/links{query}")).StatusCode));
    }

    [Fact]
    public async Task KeyCheck_NothingWhenWarm()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        await instance.UseAsync(workspace.Key);

        var calls = await instance.Calls.DuringAsync(() => workspace.Client.GetAsync("/api/v1/links/x"));

        Assert.DoesNotContain(calls, call => call.IsOf("ApiKeys") || call.IsOf("Workspaces"));
    }

    [Fact]
    public async Task RateLimits_OneCallInTenAtTenRequestsASecond()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);

        // Within one minute of the clock, ten requests a second by it.
        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var second = 0; second < 50; second++)
            {
                for (var request = 0; request < 10; request++)
                {
                    await (await workspace.Client.GetAsync("/api/v1/links/x")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
                }

                time.Advance(TimeSpan.FromSeconds(1));
            }
        });

        Assert.InRange(calls.Count(call => call.IsOf("RateCounters")), 1, 50);
    }
}

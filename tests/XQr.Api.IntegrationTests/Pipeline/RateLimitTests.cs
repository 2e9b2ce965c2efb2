using System.Collections.Concurrent;
using System.Net;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Tenancy;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Pipeline;

public sealed class RateLimitTests(ServiceFixture service)
{
    private readonly StillTime time = new();

    [Fact]
    public async Task EveryAnswerToAKey_TellsWhatIsLeft()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        var link = await workspace.Client.NewLinkAsync();

        var response = await workspace.Client.GetAsync($"/api/v1/links/{Guid.NewGuid()}");
        var deletion = await workspace.Client.DeleteAsync($"/api/v1/links/{link.Text("id")}");

        var limits = (await response.BodyAsync()).GetProperty("meta").GetProperty("rate_limit");
        Assert.Equal((3_000, 2_998, 50), (limits.Number("limit"), limits.Number("remaining"), limits.Number("burst_limit")));
        Assert.Equal(48, limits.Number("burst_remaining"));
        Assert.Equal(55, limits.Number("reset") - time.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal(limits.Number("reset").ToString(), response.Header("X-RateLimit-Reset"));
        Assert.Equal(
            ("3000", "2998", "50"),
            (response.Header("X-RateLimit-Limit"), response.Header("X-RateLimit-Remaining"), response.Header("X-RateLimit-Burst-Limit")));
        Assert.Equal(("25000", "24998"), (response.Header("X-Quota-Limit"), response.Header("X-Quota-Remaining")));
        Assert.Equal(HttpStatusCode.NoContent, deletion.StatusCode);
        Assert.Equal("2997", deletion.Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Burst_RefusedWithoutCost()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);

        var responses = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => workspace.Client.GetAsync("/api/v1/links")));

        var refused = responses.Where(response => response.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(10, responses.Length - refused.Count);
        Assert.All(refused, response => Assert.Equal("1", response.Header("Retry-After")));
        await refused[0].ErrorAsync(HttpStatusCode.TooManyRequests, "BURST_LIMIT_EXCEEDED");

        time.Advance(TimeSpan.FromSeconds(1));
        var after = await workspace.Client.GetAsync("/api/v1/links");
        Assert.Equal("989", after.Header("X-Quota-Remaining"));
    }

    [Fact]
    public async Task Window_TwoInstancesNeverAdmitMoreTogether()
    {
        // A window of 60 and a burst of 1,000: the plan's own limits would take a minute to meet.
        var settings = new Dictionary<string, string?> { ["Xqr:Plans:Business:BurstPerSecond"] = "4" };
        await using var one = await service.StartAnotherAsync(settings, time.Register);
        await using var two = await service.StartAnotherAsync(settings, time.Register);
        var workspace = await one.NewWorkspaceAsync(Plan.Business);
        HttpClient[] clients = [one.NewClient(workspace.Key), two.NewClient(workspace.Key)];

        // A second at a time, so that the burst refills and the minute goes on.
        var statuses = new ConcurrentBag<(HttpStatusCode Status, string? RetryAfter, string Body)>();
        for (var second = 0; second < 50; second++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async index =>
            {
                var response = await clients[index % 2].GetAsync("/api/v1/links");
                statuses.Add((response.StatusCode, response.Header("Retry-After"), await response.Content.ReadAsStringAsync()));
            }));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var admitted = statuses.Count(answer => answer.Status == HttpStatusCode.OK);
        Assert.InRange(admitted, 240 * 9 / 10, 240);
        var refusals = statuses.Where(answer => answer.Body.Contains("RATE_LIMIT_EXCEEDED", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Contains("""{"window":"minute"}""", refusal.Body, StringComparison.Ordinal));
        Assert.All(refusals, refusal => Assert.InRange(int.Parse(refusal.RetryAfter!), 1, 60));

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, (await clients[0].GetAsync("/api/v1/links")).StatusCode);
    }

    [Fact]
    public async Task Quota_TwoInstancesAdmitItExactlyOverAMonth()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Xqr:Plans:Business:CallsPerMonth"] = "100",
            ["Xqr:Plans:Business:BurstPerSecond"] = "1000",
        };
        time.Set(new(2026, 3, 31, 12, 0, 5, TimeSpan.Zero));
        await using var one = await service.StartAnotherAsync(settings, time.Register);
        await using var two = await service.StartAnotherAsync(settings, time.Register);
        var workspace = await one.NewWorkspaceAsync(Plan.Business);
        HttpClient[] clients = [one.NewClient(workspace.Key), two.NewClient(workspace.Key)];

        var responses = await Task.WhenAll(Enumerable.Range(0, 300).Select(index => clients[index % 2].GetAsync("/api/v1/links")));

        Assert.Equal(100, responses.Count(response => response.StatusCode == HttpStatusCode.OK));
        var refused = responses.First(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        var error = await refused.ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        Assert.Equal("month", error.GetProperty("details").Text("window"));
        Assert.Equal("0", refused.Header("X-Quota-Remaining"));
        var now = time.GetUtcNow();
        var nextMonth = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        Assert.Equal($"{Math.Min((nextMonth - now).TotalSeconds, 86_400)}", refused.Header("Retry-After"));

        time.Advance(nextMonth - now);
        Assert.Equal(HttpStatusCode.OK, (await clients[0].GetAsync("/api/v1/links")).StatusCode);
    }

    [Fact]
    public async Task OrderlyStop_GivesUnspentQuotaBack()
    {
        var one = await service.StartAnotherAsync(services: time.Register);
        var workspace = await one.NewWorkspaceAsync(Plan.Pro);
        await workspace.Client.GetAsync("/api/v1/links");
        await one.StopAsync();
        await one.DisposeAsync();

        await using var two = await service.StartAnotherAsync(services: time.Register);
        using var client = two.NewClient(workspace.Key);

        Assert.Equal("998", (await client.GetAsync("/api/v1/links")).Header("X-Quota-Remaining"));
    }

    /// <summary>The failure of one return does not prevent the others.</summary>
    [Fact]
    public async Task StorageFailsForOneWorkspace_TheOtherGetsUnspentQuotaBack()
    {
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        TestWorkspace[] workspaces = [await instance.NewWorkspaceAsync(Plan.Pro), await instance.NewWorkspaceAsync(Plan.Pro)];
        foreach (var workspace in workspaces)
        {
            await instance.UseAsync(workspace.Key);
        }

        var limiter = instance.Service<RateLimiter>();
        await limiter.ReturnIdleAsync(CancellationToken.None);
        instance.Faults.LoseOneAfter(0, isExecuted: false);
        await limiter.ReturnIdleAsync(CancellationToken.None);

        var counters = await Task.WhenAll(workspaces.Select(
            workspace => instance.Service<RateCounterStore>().FindAsync(workspace.Id, "month", CancellationToken.None)));
        Assert.Equal([4, 6], counters.Select(counter => counter.Taken).Order());
    }

    [Fact]
    public async Task NoQuota_IsNotTold()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Business:CallsPerMonth"] = "-1" });
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);

        var response = await workspace.Client.GetAsync("/api/v1/links");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(response.Header("X-Quota-Limit"));
        Assert.Null(response.Header("X-Quota-Remaining"));
        var limits = (await response.BodyAsync()).GetProperty("meta").GetProperty("rate_limit");
        Assert.Equal("null null", $"{limits.GetProperty("quota_limit").GetRawText()} {limits.GetProperty("quota_remaining").GetRawText()}");
    }

    /// <summary>The month's tokens are written when the minute has ended: the request takes one of the next minute.</summary>
    [Fact]
    public async Task MinuteEndsWhileTheMonthIsCounted_TheNextOneHasNoMore()
    {
        var hook = new StorageHook("RateCounters");
        var settings = new Dictionary<string, string?> { ["Xqr:Plans:Business:BurstPerSecond"] = "1" };
        await using var instance = await service.StartAnotherAsync(settings, services =>
        {
            time.Register(services);
            services.AddSingleton<HttpPipelinePolicy>(hook);
        });
        var workspace = await instance.NewWorkspaceAsync(Plan.Business);
        time.Advance(TimeSpan.FromSeconds(54));

        // The first write is the minute's, the second the month's.
        hook.AfterNextWrite(() =>
        {
            hook.AfterNextWrite(() =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });

        var response = await workspace.Client.GetAsync("/api/v1/links");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("59", response.Header("X-RateLimit-Remaining"));
        Assert.Equal(int.Parse(response.Header("X-Quota-Limit")!) - 1, int.Parse(response.Header("X-Quota-Remaining")!));
        Assert.Equal(time.GetUtcNow().AddSeconds(60).ToUnixTimeSeconds().ToString(), response.Header("X-RateLimit-Reset"));
    }
}

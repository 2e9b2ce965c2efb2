using System.Text.Json.Nodes;
using XQr.Api.Analytics.Scans;
using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

/// <summary>A workspace, everything that happened in it, and the instance that serves it until it dies.</summary>
internal sealed class AnalyticsHistory : IAsyncDisposable
{
    /// <summary>Two days before Berlin changes its clocks, nine before New York does.</summary>
    private static readonly DateTimeOffset Beginning = new(2025, 10, 24, 10, 20, 0, TimeSpan.Zero);

    private readonly List<Scan> scans = [];
    private readonly List<KnownLink> deleted = [];
    private readonly ServiceFixture service;
    private readonly OffsetTime time;
    private readonly TestWorkspace workspace;
    private readonly List<KnownLink> links = [];
    private XQrApplication instance;
    private HttpClient client;

    private AnalyticsHistory(ServiceFixture service, OffsetTime time, XQrApplication instance, TestWorkspace workspace) =>
        (this.service, this.time, this.instance, this.workspace, client) = (service, time, instance, workspace, workspace.Client);

    public static async Task<AnalyticsHistory> BeginAsync(ServiceFixture service)
    {
        var time = new OffsetTime();
        time.Advance(Beginning - time.GetUtcNow());
        var instance = await StartAsync(service, time);
        var history = new AnalyticsHistory(service, time, instance, await instance.NewWorkspaceAsync());
        foreach (var labels in (string[][])[["print"], ["print", "summer"], ["summer"], [], ["web"]])
        {
            history.links.Add(await KnownLink.CreateAsync(history.client, labels));
        }

        return history;
    }

    /// <summary>
    /// Scans of the links by their number, at a time before or after now that is counted from 1970. Those of deleted links may come late.
    /// </summary>
    public async Task ScanAsync(IEnumerable<Scan> drawn)
    {
        KnownLink[] all = [.. links, .. deleted];
        Scan[] added = [.. drawn.Select(scan => scan with
        {
            LinkId = all[BitConverter.ToInt32(scan.LinkId.ToByteArray()) % all.Length].Id,
            At = time.GetUtcNow() + (scan.At - DateTimeOffset.UnixEpoch),
        })];
        await instance.StoreScansAsync(workspace.Id, added);
        scans.AddRange(added);
    }

    public async Task DeleteAsync(int number)
    {
        if (number < links.Count)
        {
            var answer = await client.DeleteAsync($"/api/v1/links/{links[number].Id}");
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            deleted.Add(links[number]);
            links.RemoveAt(number);
        }
    }

    public Task StepClockAsync(TimeSpan by)
    {
        time.Advance(by);
        return Task.CompletedTask;
    }

    public Task MaintainAsync() => instance.DoWorkAsync(WorkNames.CleanUp, workspace.Id);

    /// <summary>The instance dies while it brings the statistics up to date; another takes over.</summary>
    public async Task CrashAsync(int calls, bool carried)
    {
        instance.Faults.DieAfter(calls, carried);
        await Record.ExceptionAsync(() => instance.AggregateAsync(workspace.Id));
        await client.GetAsync("/api/v1/analytics/summary");
        await instance.DisposeAsync();
        instance = await StartAsync(service, time);
        client = instance.NewClient(workspace.Key);
    }

    public async Task CheckAsync()
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var bots in (bool[])[false, true])
        {
            var expected = new ExpectedAnswers(scans, links, now, bots);
            await SameAsync("summary?period=7d", bots, expected.Summary(7));
            await SameAsync("summary?period=all", bots, expected.Summary(null));
            await SameAsync("geography?", bots, expected.Counts(30, "country", scan => scan.Country));
            await SameAsync("devices?period=7d", bots, expected.Counts(7, "device", scan => scan.Device));
            await SameAsync("browsers?period=all", bots, expected.Counts(null, "browser", scan => scan.Browser));
            await SameAsync("os?", bots, expected.Counts(30, "os", scan => scan.Os));
            await SameAsync("referrers?", bots, expected.Counts(30, "referrer", scan => scan.Referrer));
            await SameAsync("labels?", bots, expected.Labels(30));
            await SameAsync("top-links?limit=3", bots, expected.TopLinks(30, 3));
            foreach (var zone in (string[])["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
            {
                await SameAsync(
                    $"timeseries?interval=day&from_date={today.AddDays(-5):yyyy-MM-dd}&to_date={today.AddDays(2):yyyy-MM-dd}&tz={zone}",
                    bots,
                    expected.Days(today.AddDays(-5), today.AddDays(2), zone));
            }

            await SameAsync($"timeseries?interval=hour&from_date={today:yyyy-MM-dd}", bots, expected.Hours(today));
            Assert.Equal(expected.Lines(today.AddDays(-29), today), await LinesAsync("export", bots));
            if (links is [.., var link])
            {
                var ofLink = new ExpectedAnswers(scans, links, now, bots, link);
                await SameAsync($"links/{link.Id}?tz=Europe/Berlin", bots, ofLink.LinkStats(null, "Europe/Berlin"));
                await SameAsync($"links/{link.Id}/stats?period=7d", bots, ofLink.LinkStats(7, "UTC"));
                await SameAsync($"labels?link_id={link.Id}", bots, ofLink.Labels(30));
                await SameAsync($"geography?link_id={link.Id}", bots, ofLink.Counts(30, "country", scan => scan.Country));
                await SameAsync($"timeseries?interval=hour&from_date={today:yyyy-MM-dd}&link_id={link.Id}", bots, ofLink.Hours(today));
                Assert.Equal(ofLink.Lines(today, today), await LinesAsync($"export?link_id={link.Id}&from_date={today:yyyy-MM-dd}", bots));
            }
        }
    }

    public async ValueTask DisposeAsync() => await instance.DisposeAsync();

    private static Task<XQrApplication> StartAsync(ServiceFixture service, OffsetTime time) => service.StartAnotherAsync(
        new Dictionary<string, string?> { ["Xqr:Plans:Enterprise:BurstPerSecond"] = "1000000", ["Xqr:Scans:RawRetentionDays"] = "3650" },
        services =>
        {
            // Nothing aggregates in the background, so every answer is complete.
            time.Register(services);
            new RecordedRequests().Register(services);
        });

    private static string Url(string query, bool bots) =>
        $"/api/v1/analytics/{query}{(bots ? $"{(query.Contains('?') ? "&" : "?")}include_bots=true" : "")}";

    private async Task SameAsync(string query, bool bots, JsonNode expected)
    {
        var text = await (await client.GetAsync(Url(query, bots))).DataAsync();
        var actual = JsonNode.Parse(text.GetRawText());
        Assert.True(
            JsonNode.DeepEquals(expected, actual), $"{query}, bots {bots}:\nexpected {expected.ToJsonString()}\nactual   {actual!.ToJsonString()}");
    }

    private async Task<string[]> LinesAsync(string query, bool bots)
    {
        var text = await client.GetStringAsync(Url(query, bots));
        return [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Order(StringComparer.Ordinal)];
    }
}

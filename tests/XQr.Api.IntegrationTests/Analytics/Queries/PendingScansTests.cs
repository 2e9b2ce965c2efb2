using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Analytics.Scans;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

/// <summary>Queries add pending scans to the statistics in memory. They neither aggregate nor wait for an aggregation.</summary>
public sealed class PendingScansTests(ServiceFixture service)
{
    private readonly ScanSeed seed = new(7);

    private XQrApplication Application => service.Application;

    /// <summary>Another instance aggregates before each call of the query in turn. Each scan is in the answer once.</summary>
    [Theory]
    [InlineData("summary?period=all&include_bots=true", false)]
    [InlineData("summary?period=all&include_bots=true", true)]
    [InlineData("top-links?period=all&include_bots=true", false)]
    [InlineData("timeseries?interval=day&period=all&include_bots=true", false)]
    [InlineData("export?from_date=2026-03-20&to_date=2026-03-31&include_bots=true", false)]
    [InlineData("export?from_date=2026-03-20&to_date=2026-03-31&include_bots=true", true)]
    public async Task AggregatedBetweenTheReadsOfAQuery_EachScanIsCountedOnce(string path, bool deletesLink)
    {
        using var before = new BeforeCall();
        await using var instance = await service.StartAnotherAsync(
            services: services => new RecordedRequests().Register(services.AddSingleton<HttpPipelinePolicy>(before)));
        var (workspace, links) = await service.NewLinksAsync(2);
        using var client = instance.NewClient(workspace.Key);
        await client.GetAsync("/api/v1/analytics/summary");
        var scans = new List<Scan>();
        for (var call = 0; ; call++)
        {
            var added = seed.New(12, links, hours: 2);
            await seed.StoreAsync(Application, workspace.Id, added);
            scans.AddRange(added);
            if (deletesLink)
            {
                var deleted = (await workspace.Client.NewLinkAsync()).GetProperty("id").GetGuid();
                await seed.StoreAsync(Application, workspace.Id, seed.New(4, [deleted], hours: 2));
                await Application.AggregateAsync(workspace.Id);
                var pending = seed.New(12, [links[0], deleted], hours: 2);
                await seed.StoreAsync(Application, workspace.Id, pending);
                scans.AddRange(pending.Where(scan => scan.LinkId != deleted));
                await workspace.DeleteLinkAsync(deleted);
            }

            before.Run(call, () => Application.AggregateAsync(workspace.Id));
            var answer = await client.GetAsync($"/api/v1/analytics/{path}");

            Assert.Equal(scans.Count, await CountAsync(path, answer));
            if (!before.HasRun)
            {
                Assert.True(call > 3, "The query has too few calls.");
                return;
            }
        }
    }

    /// <summary>More scans are pending than a query reads: it counts the first hours, and says so.</summary>
    [Theory]
    [InlineData("timeseries?interval=hour&from_date=2026-03-28&to_date=2026-03-30")]
    [InlineData("export?from_date=2026-03-28&to_date=2026-03-30")]
    public async Task MorePendingThanAQueryReads_FirstHoursAreExactAndTheHeaderSaysSo(string path)
    {
        var requests = new RecordedRequests();
        await using var instance = await service.StartAnotherAsync(services: requests.Register);
        var (workspace, links) = await service.NewLinksAsync(1);
        Scan[] scans =
        [
            .. Enumerable.Range(0, 12_000).Select(index => new Scan(
                links[0], ScanSeed.Start.AddSeconds(3 * index), "DE", "mobile", "Safari", "iOS", $"{index:00000}.{new string('a', 240)}.example")),
        ];
        await seed.StoreAsync(Application, workspace.Id, scans);
        using var client = instance.NewClient(workspace.Key);
        await client.GetAsync("/api/v1/analytics/summary");

        HttpResponseMessage answer = null!;
        var calls = await instance.Calls.DuringAsync(async () => answer = await client.GetAsync($"/api/v1/analytics/{path}"));

        var through = DateTimeOffset.Parse(answer.Header("X-Data-Through")!, CultureInfo.InvariantCulture);
        Assert.InRange(through, ScanSeed.Start.AddHours(2), ScanSeed.Start.AddHours(9));
        Assert.InRange(calls.Count(call => !call.IsOfAdmission), 1, 9);
        Assert.All(calls, call => Assert.True(call.IsRead || call.IsOfAdmission));
        Assert.Contains(workspace.Id, requests.All);
        var hours = await HoursAsync(path, answer);
        Assert.All(
            scans.GroupBy(scan => HourOf(scan.At)).Where(hour => hour.Key < through),
            hour => Assert.Equal(hour.Count(), hours.GetValueOrDefault(hour.Key)));

        await Application.AggregateAsync(workspace.Id);
        answer = await client.GetAsync($"/api/v1/analytics/{path}");
        Assert.Equal(scans.Length, (await HoursAsync(path, answer)).Values.Sum());
        Assert.True(DateTimeOffset.Parse(answer.Header("X-Data-Through")!, CultureInfo.InvariantCulture) > scans[^1].At);
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static async Task<Dictionary<DateTimeOffset, int>> HoursAsync(string path, HttpResponseMessage answer) =>
        path.StartsWith("export", StringComparison.Ordinal)
            ? (await LinesAsync(answer)).Select(line => HourOf(DateTimeOffset.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)))
                .CountBy(hour => hour).ToDictionary()
            : (await answer.DataAsync()).GetProperty("points").EnumerateArray().ToDictionary(
                point => point.GetProperty("timestamp").GetDateTimeOffset(), point => (int)point.Number("scans"));

    private static async Task<long> CountAsync(string path, HttpResponseMessage answer) => path[..3] switch
    {
        "exp" => (await LinesAsync(answer)).Length,
        "sum" => (await answer.DataAsync()).Number("total_scans"),
        "top" => (await answer.DataAsync()).EnumerateArray().Sum(link => link.Number("scans")),
        _ => (await answer.DataAsync()).GetProperty("points").EnumerateArray().Sum(point => point.Number("scans")),
    };

    private static async Task<string[]> LinesAsync(HttpResponseMessage answer) =>
        [.. (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    /// <summary>Runs an action before a call to the table of workspaces.</summary>
    private sealed class BeforeCall : HttpPipelinePolicy, IDisposable
    {
        private readonly SemaphoreSlim gate = new(1);
        private Func<Task>? action;
        private int left;

        public bool HasRun => action is null;

        public void Run(int call, Func<Task> next) => (left, action) = (call, next);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            // Concurrent calls wait too, so that the action has ended before any later call.
            await gate.WaitAsync();
            try
            {
                if (action is { } run && message.Request.Uri.Path.Contains("Workspaces", StringComparison.Ordinal) && left-- == 0)
                {
                    action = null;
                    await run();
                }
            }
            finally
            {
                gate.Release();
            }

            await ProcessNextAsync(message, pipeline);
        }

        public void Dispose() => gate.Dispose();

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The application calls storage asynchronously.");
    }
}

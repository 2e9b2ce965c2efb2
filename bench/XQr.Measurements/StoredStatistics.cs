using System.Diagnostics;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Measurements;

/// <summary>Measures the statistics of many scans of a thousand links over 90 days, and of a busy link.</summary>
internal sealed class StoredStatistics(XQrApplication application)
{
    private const int Links = 1_000;
    private const int Days = 90;
    private const int BusyScans = 10_000;

    private readonly WriterTallies tallies = new();

    public async Task RunAsync(int count)
    {
        var workspace = await application.NewWorkspaceAsync();
        var links = new List<Guid>();
        while (links.Count < Links)
        {
            var items = Enumerable.Range(0, 100).Select(index => $$"""{"url":"https://example.com/{{index}}","labels":["label-{{index % 20}}"]}""");
            var body = $$"""{"links":[{{string.Join(',', items)}}]}""";
            var response = await (await workspace.Client.PostJsonAsync("/api/v1/links/bulk", body)).BodyAsync();
            links.AddRange(response.GetProperty("data").GetProperty("created").EnumerateArray().Select(link => link.GetProperty("id").GetGuid()));
        }

        var clock = Stopwatch.StartNew();
        var scans = new ScanGenerator(links, DateTimeOffset.UtcNow, Days);
        foreach (var hour in scans.ByHour(count))
        {
            await AppendAsync(workspace.Id, hour);
        }

        RequestMeasurement.Line($"{count} scans of {Links} links over {Days} days stored in {clock.Elapsed.TotalSeconds:0} s");
        clock.Restart();
        for (var aggregated = false; !aggregated;)
        {
            try
            {
                await application.Service<ScanAggregator>().CompleteAsync(workspace.Id, budget: null, CancellationToken.None);
                aggregated = true;
            }
            catch (Exception exception) when (StorageFailure.IsOutage(exception))
            {
                // Calls can time out on a busy machine. The next try continues the aggregation.
            }
        }

        RequestMeasurement.Line($"aggregated in {clock.Elapsed.TotalSeconds:0} s\n");

        var measurement = new RequestMeasurement(application, workspace.Client);
        Console.WriteLine("| request | transactions | fastest, ms | median, ms | KiB |\n|---|--:|--:|--:|--:|");
        foreach (var path in (string[])
            [
                "summary?period=7d", "summary?period=30d", "summary?period=90d", "summary?period=all", "summary?period=90d&include_bots=true",
                "timeseries?interval=hour&period=30d", "timeseries?interval=day&period=90d", "timeseries?interval=day&period=90d&tz=Europe/Berlin",
                "timeseries?interval=month&period=all", "geography?period=90d", "referrers?period=90d", "labels?period=90d", "top-links?period=30d",
                "top-links?period=90d", "top-links?period=90d&limit=200", $"links/{links[0]}",
                $"timeseries?interval=day&period=90d&link_id={links[0]}",
            ])
        {
            await measurement.ShowAsync(path);
        }

        var before = GC.GetTotalAllocatedBytes();
        await measurement.ShowAsync($"export?from_date={DateTime.UtcNow.AddDays(-Days):yyyy-MM-dd}&include_bots=true", rounds: 1);
        var allocated = (GC.GetTotalAllocatedBytes() - before) / (double)(1 << 20);
        RequestMeasurement.Line($"\nAllocated by the export, including the responses of storage: {allocated:0} MiB");
        RequestMeasurement.Line($"Maximum memory of the process: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");

        await AppendAsync(
            workspace.Id, scans.InOneMinute(links[^1], BusyScans, DateTimeOffset.UtcNow.AddMinutes(-1)));
        clock.Restart();
        (await workspace.Client.GetAsync("/api/v1/analytics/summary")).EnsureSuccessStatusCode();
        RequestMeasurement.Line($"\nThe first query after {BusyScans} scans of one link in a minute: {clock.Elapsed.TotalMilliseconds:0} ms");
    }

    /// <summary>Stores scans without the tallies of links: statistics do not require them, and they would take most of the time.</summary>
    private async Task AppendAsync(string workspaceId, IEnumerable<Scan> hour)
    {
        foreach (var batch in ScanBatch.Divide(hour, tallies.NewName))
        {
            await application.Service<Tables>().Workspaces.AddEntityAsync(ScanStore.ToRow(
                workspaceId, PendingBatch.KeyOf(batch.Hour, batch.Id), ScanBatchFormat.Write(batch.Scans), batch.Scans.Count));
        }
    }
}

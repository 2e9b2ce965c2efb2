using System.Diagnostics;
using System.Globalization;
using XQr.Api.Analytics;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Storage;
using XQr.Figures;
using XQr.Testing;

// Statistics of a million scans of a thousand links over 90 days, and a hot link: XQr.Figures [SCANS]. What images take to draw and to fetch:
// XQr.Figures renders. On an Azurite of its own, in memory.
const int Links = 1_000;
const int Days = 90;
const int Hot = 10_000;
var count = args is [not "renders" and var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;

await using var azurite = new AzuriteFixture();
await azurite.InitializeAsync();
await using var application = await XQrApplication.StartAsync(
    azurite.ConnectionString, new Dictionary<string, string?> { ["Xqr:Plans:Enterprise:CallsPerMonth"] = "-1", ["Xqr:Plans:Enterprise:BurstPerSecond"] = "1000000" });
if (args is ["renders"])
{
    await KeptRenders.RunAsync(application);
    return;
}

var workspace = await application.NewWorkspaceAsync();
var links = new List<Guid>();
while (links.Count < Links)
{
    var items = Enumerable.Range(0, 100).Select(index => $$"""{"url":"https://example.com/{{index}}","labels":["label-{{index % 20}}"]}""");
    var answer = await (await workspace.Client.PostJsonAsync("/api/v1/links/bulk", $$"""{"links":[{{string.Join(',', items)}}]}""")).BodyAsync();
    links.AddRange(answer.GetProperty("data").GetProperty("created").EnumerateArray().Select(link => link.GetProperty("id").GetGuid()));
}

var (clock, tallies, table) = (Stopwatch.StartNew(), new WriterTallies(), application.Service<Tables>().Workspaces);
var scans = new ManyScans(links, DateTimeOffset.UtcNow, Days);
foreach (var hour in scans.ByHour(count))
{
    await AppendAsync(hour);
}

Measurements.Line($"{count} scans of {Links} links over {Days} days stored in {clock.Elapsed.TotalSeconds:0} s");
clock.Restart();
for (var aggregated = false; !aggregated;)
{
    try
    {
        await application.Service<ScanAggregator>().CompleteAsync(workspace.Id, CancellationToken.None);
        aggregated = true;
    }
    catch (Exception exception) when (StorageFailure.IsOutage(exception))
    {
        // A busy machine makes calls time out; what was aggregated stays aggregated.
    }
}

Measurements.Line($"aggregated in {clock.Elapsed.TotalSeconds:0} s\n");

var measurements = new Measurements(application, workspace.Client);
Console.WriteLine("| request | transactions | fastest, ms | median, ms | KiB |\n|---|--:|--:|--:|--:|");
foreach (var path in (string[])
    [
        "summary?period=7d", "summary?period=30d", "summary?period=90d", "summary?period=all", "summary?period=90d&include_bots=true", "timeseries?interval=hour&period=30d",
        "timeseries?interval=day&period=90d", "timeseries?interval=day&period=90d&tz=Europe/Berlin", "timeseries?interval=month&period=all", "geography?period=90d", "referrers?period=90d",
        "labels?period=90d", "top-links?period=30d", "top-links?period=90d", "top-links?period=90d&limit=200", $"links/{links[0]}", $"timeseries?interval=day&period=90d&link_id={links[0]}",
    ])
{
    await measurements.ShowAsync(path);
}

var before = GC.GetTotalAllocatedBytes();
await measurements.ShowAsync($"export?from_date={DateTime.UtcNow.AddDays(-Days):yyyy-MM-dd}&include_bots=true", rounds: 1);
Measurements.Line($"\nAllocated by the export, storage's answers included: {(GC.GetTotalAllocatedBytes() - before) / (double)(1 << 20):0} MiB; memory in use at most {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB since the start");

await AppendAsync(scans.AtOnce(links[^1], Hot, DateTimeOffset.UtcNow.AddMinutes(-1)));
clock.Restart();
(await workspace.Client.GetAsync("/api/v1/analytics/summary")).EnsureSuccessStatusCode();
Measurements.Line($"\nThe first query after {Hot} scans of one link in a minute: {clock.Elapsed.TotalMilliseconds:0} ms");

// Without the links' tallies, which figures don't need and which would take most of the time.
async Task AppendAsync(IEnumerable<Scan> some)
{
    foreach (var batch in ScanBatch.Divide(some, tallies.NewName))
    {
        await table.AddEntityAsync(ScanStore.ToRow(
            workspace.Id, PendingBatch.KeyOf(batch.Hour, batch.Id), ScanBatchFormat.Write(batch.Scans), batch.Scans.Count));
    }
}

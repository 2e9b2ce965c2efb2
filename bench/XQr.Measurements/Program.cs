using System.Globalization;
using XQr.Api.Storage;
using XQr.Measurements;
using XQr.Testing;
using XQr.Testing.Fleet;

// XQr.Measurements [SCANS] measures statistics of a million scans of a thousand links over 90 days, and of a busy link.
// XQr.Measurements renders measures the time to draw images and to read them from storage.
// Others measure many instances in one process: limits, links, redirects, aggregation, memory. Each starts an Azurite process in memory.
await using var azurite = new AzuriteFixture();
await azurite.InitializeAsync();
await using (var instance = new FleetInstance(azurite.ConnectionString, new()))
{
    await instance.Service<StorageSetup>().EnsureCreatedAsync();
}

switch (args)
{
    case ["limits"]:
        await FleetMeasurements.LimitsAsync(azurite.ConnectionString);
        return;
    case ["links"]:
        await FleetMeasurements.LinksAsync(azurite.ConnectionString);
        return;
    case ["redirects"]:
        await FleetMeasurements.RedirectsAsync(azurite.ConnectionString);
        return;
    case ["aggregation"]:
        await FleetMeasurements.AggregationAsync(azurite.ConnectionString);
        return;
    case ["memory"]:
        await FleetMeasurements.MemoryAsync(azurite.ConnectionString);
        return;
}

await using var application = await XQrApplication.StartAsync(
    azurite.ConnectionString,
    new Dictionary<string, string?>
    {
        ["Xqr:Plans:Enterprise:CallsPerMonth"] = "-1",
        ["Xqr:Plans:Enterprise:BurstPerSecond"] = "1000000",
    });
if (args is ["renders"])
{
    await StoredRenders.RunAsync(application);
    return;
}

await new StoredStatistics(application).RunAsync(args is [var scans] ? int.Parse(scans, CultureInfo.InvariantCulture) : 1_000_000);

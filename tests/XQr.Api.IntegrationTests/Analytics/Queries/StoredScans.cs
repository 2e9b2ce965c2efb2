using XQr.Api.Analytics;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

/// <summary>Stores scans of any time, by what the service itself stores them with.</summary>
internal static class StoredScans
{
    public static async Task AddAsync(XQrApplication application, string workspaceId, IEnumerable<Scan> scans)
    {
        var tallies = new TallyBook();
        foreach (var batch in ScanBatch.Divide(scans, tallies.NewName))
        {
            await application.Service<ScanStore>().AppendAsync(workspaceId, batch, tallies, TestContext.Current.CancellationToken);
        }
    }
}

using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>
/// Provides the tables of the service. The docs of each store describe its keys.
/// <list type="table">
/// <item><term>Workspaces</term><description>partition = workspace id; all rows of a workspace, so that one transaction can change any of
/// them together</description></item>
/// <item><term>ShortCodes</term><description>partition = short code in lower case; the only row that a redirect reads</description></item>
/// <item><term>ApiKeys</term><description>partition = key prefix; the only row that a key check reads</description></item>
/// <item><term>Members</term><description>partition = hash of an identity or an e-mail address; the workspaces of a person</description></item>
/// <item><term>RateCounters</term><description>partition = key or workspace id; a row for each counter</description></item>
/// <item><term>Salts</term><description>one partition; a row for each day whose visitors are still distinguished</description></item>
/// <item><term>Folds</term><description>two partitions; a row for each workspace that has scans to aggregate or to clean up (property
/// <see cref="ScanActivity"/>)</description></item>
/// <item><term>Idempotency</term><description>partition = workspace id; a row for each request with a key, for 24 hours, and their index by the time
/// of expiry</description></item>
/// <item><term>AssetWork</term><description>partition = minute from which the work is due; a row for each asset whose blobs need work, and for each
/// public blob to delete</description></item>
/// <item><term>Sessions</term><description>partition = session id; a row for each sign-in to the dashboard</description></item>
/// <item><term>Work</term><description>notes of the messages that are on their way, and the times of scheduled work</description></item>
/// </list>
/// </summary>
internal sealed class Tables(TableServiceClient service)
{
    public TableClient Workspaces { get; } = service.GetTableClient("Workspaces");

    public TableClient ShortCodes { get; } = service.GetTableClient("ShortCodes");

    public TableClient ApiKeys { get; } = service.GetTableClient("ApiKeys");

    public TableClient Members { get; } = service.GetTableClient("Members");

    public TableClient RateCounters { get; } = service.GetTableClient("RateCounters");

    public TableClient Salts { get; } = service.GetTableClient("Salts");

    public TableClient ScanActivity { get; } = service.GetTableClient("Folds");

    public TableClient Idempotency { get; } = service.GetTableClient("Idempotency");

    public TableClient AssetWork { get; } = service.GetTableClient("AssetWork");

    public TableClient Sessions { get; } = service.GetTableClient("Sessions");

    public TableClient Work { get; } = service.GetTableClient("Work");

    public IReadOnlyList<TableClient> All =>
        [Workspaces, ShortCodes, ApiKeys, Members, RateCounters, Salts, ScanActivity, Idempotency, AssetWork, Sessions, Work];
}

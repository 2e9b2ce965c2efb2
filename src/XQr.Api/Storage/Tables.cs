using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>
/// The tables of the service. Every key layout stands at the top of the store that owns it.
/// <list type="table">
/// <item><term>Workspaces</term><description>partition = workspace id; all that belongs to a workspace, so that one transaction can change any of it together</description></item>
/// <item><term>ShortCodes</term><description>partition = short code in lower case; the one row that a redirect reads</description></item>
/// <item><term>ApiKeys</term><description>partition = key prefix; the one row that a key check reads</description></item>
/// <item><term>Members</term><description>partition = hash of an identity or an e-mail address; where a person is a member</description></item>
/// <item><term>RateCounters</term><description>partition = key or workspace id; one row a counter</description></item>
/// <item><term>Salts</term><description>one partition; one row a day, for as long as its visitors are to be told apart</description></item>
/// <item><term>Folds</term><description>two partitions; one row a workspace that has scans to aggregate or to clean up (property <c>ScanActivity</c>)</description></item>
/// <item><term>Idempotency</term><description>partition = workspace id; one row a request with a key, for 24 hours</description></item>
/// <item><term>AssetWork</term><description>partition = minute from which it is due; one row an asset whose blobs are to be looked after, and each public blob that is to go</description></item>
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

    public IReadOnlyList<TableClient> All => [Workspaces, ShortCodes, ApiKeys, Members, RateCounters, Salts, ScanActivity, Idempotency, AssetWork];
}

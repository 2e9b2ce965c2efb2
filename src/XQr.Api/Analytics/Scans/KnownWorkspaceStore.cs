using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Scans;

/// <summary>
/// Stores the workspaces that have scans or deleted links, so that each is cleaned up daily. Table <c>Work</c>, partition <c>k{shard}</c>, row
/// <c>{workspace id}</c>.
/// </summary>
internal sealed class KnownWorkspaceStore(Tables tables)
{
    private const string Prefix = "k";

    /// <summary>Gets the shards in which versions before stored the workspaces: partitions of the table <c>Folds</c>.</summary>
    public static IReadOnlyList<string> OldShards { get; } = ["known", "recent"];

    /// <summary>Adds a workspace. One transaction.</summary>
    public Task AddAsync(string workspaceId, CancellationToken cancellationToken) => tables.Work.UpsertEntityAsync(
        new TableEntity(Prefix + WorkShards.Of(workspaceId), workspaceId), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Returns the workspaces of a shard, in the order of their ids. One transaction for each thousand.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="after">The id after which to begin; empty for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public IAsyncEnumerable<string> ReadAsync(string shard, string after, CancellationToken cancellationToken)
    {
        var (table, partition) = OldShards.Contains(shard) ? (tables.ScanActivity, shard) : (tables.Work, Prefix + shard);
        return table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after}"),
            select: ["RowKey"],
            cancellationToken: cancellationToken).Select(row => row.RowKey);
    }
}

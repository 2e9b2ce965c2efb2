using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>
/// Stores assets. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>a{inverted id}</c></term><description>the asset: Id, Filename, MimeType, FileSize, Status, Tags (one a line), PublicName,
/// RetiredName, Removed (one a line), IsPublic, CreatedAt, UpdatedAt, Version</description></item>
/// <item><term><c>an</c></term><description>the counts, <see cref="AssetUsage"/></description></item>
/// </list>
/// The row of an asset is added and removed in one transaction with the counts, so the counts equal a recount. The bytes of an asset count
/// from the moment that they can be uploaded. <see cref="AssetBlobs"/> stores the content.
/// </summary>
internal sealed class AssetStore(Tables tables, CountedCommits<AssetUsage> commits, TimeProvider time)
{
    private readonly KeyedLock<Guid> changes = new(time);

    /// <summary>Returns an asset, or null if it does not exist. Takes one transaction.</summary>
    public async Task<Asset?> FindAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        await tables.Workspaces.FindAsync(workspaceId, AssetRow.Key(id), cancellationToken) is { } row ? AssetRow.ToAsset(row) : null;

    /// <summary>Returns the asset counts of a workspace. Takes one transaction.</summary>
    public Task<AssetUsage> FindUsageAsync(string workspaceId, CancellationToken cancellationToken) =>
        commits.FindAsync(workspaceId, cancellationToken);

    /// <summary>
    /// Returns a page of assets, newest first. Takes one transaction for the count, one for each 1,000 skipped assets and one for the page.
    /// </summary>
    public async Task<(IReadOnlyList<Asset> Assets, int Total)> ListAsync(string workspaceId, Page page, CancellationToken cancellationToken)
    {
        var counting = FindUsageAsync(workspaceId, cancellationToken);
        var rows = await tables.Workspaces.FindPageAsync(workspaceId, AssetRow.Prefix, AssetRow.End, page, cancellationToken);
        return ([.. rows.Select(AssetRow.ToAsset)], (await counting).Assets);
    }

    /// <summary>Adds a pending asset once, regardless of the number of calls. Takes one transaction, and one more if it exists.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="limit">The maximum number of bytes; null if unlimited.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>
    /// The outcome: refused if the limit is exceeded, or a conflict if an earlier call added the asset and it was confirmed or deleted since.
    /// </returns>
    public async Task<CommitOutcome> AddAsync(Asset asset, long? limit, CancellationToken cancellationToken)
    {
        TableTransactionAction[] adding = [new(TableTransactionActionType.Add, AssetRow.From(asset))];
        var outcome = await commits.CommitAsync(asset.WorkspaceId, AssetUsage.Add(asset, limit), adding, cancellationToken);
        if (outcome == CommitOutcome.Done)
        {
            return outcome;
        }

        // An earlier run or an attempt whose response was lost may conflict with this one or use up the limit.
        return await FindAsync(asset.WorkspaceId, asset.Id, cancellationToken) switch
        {
            { Status: AssetStatus.Pending } => CommitOutcome.Done,
            null => outcome,
            _ => CommitOutcome.Conflict,
        };
    }

    /// <summary>Writes an asset. Takes one transaction.</summary>
    /// <returns>The stored asset, or null if it was changed since it was read.</returns>
    public async Task<Asset?> TryWriteAsync(Asset asset, CancellationToken cancellationToken)
    {
        var (row, version) = (AssetRow.From(asset), new ETag(asset.RowVersion));
        return await tables.Workspaces.TryUpdateAsync(row, version, TableUpdateMode.Replace, cancellationToken) is { } written
            ? asset with { RowVersion = written.ToString() }
            : null;
    }

    /// <summary>Deletes an asset. Returns false if it was changed since it was read. Takes one transaction.</summary>
    public async Task<bool> TryRemoveAsync(Asset asset, CancellationToken cancellationToken)
    {
        TableTransactionAction[] removing = [new(TableTransactionActionType.Delete, AssetRow.From(asset), new ETag(asset.RowVersion))];
        return await commits.CommitAsync(asset.WorkspaceId, AssetUsage.Remove(asset), removing, cancellationToken) == CommitOutcome.Done
            // An earlier attempt may have succeeded although its response was lost.
            || await FindAsync(asset.WorkspaceId, asset.Id, cancellationToken) is null;
    }

    /// <summary>Runs an optimistic change of an asset until it succeeds, while no other change of the asset runs in this process.</summary>
    /// <param name="id">The id of the asset.</param>
    /// <param name="attempt">Reads and changes the asset. Returns null on a conflict.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <typeparam name="TResult">The result of the change.</typeparam>
    public Task<TResult> RetryAsync<TResult>(Guid id, Func<Task<TResult?>> attempt, CancellationToken cancellationToken)
        where TResult : struct =>
        changes.RunAsync(id, () => time.RetryAsync($"asset {id}", attempt, cancellationToken), cancellationToken);
}

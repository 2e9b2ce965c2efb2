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
/// An asset's row is added and removed in one transaction with the counts, so that they are always those of a recount. Its bytes count
/// from the moment that they may be uploaded. What it has in blobs is kept by <see cref="AssetBlobs"/>.
/// </summary>
internal sealed class AssetStore(Tables tables, CountedCommits<AssetUsage> commits, TimeProvider time)
{
    private const int Attempts = 15;

    private readonly KeyedLock changes = new(time);

    /// <summary>Takes one transaction.</summary>
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
    public async Task<AssetOutcome> AddAsync(Asset asset, long? limit, CancellationToken cancellationToken)
    {
        TableTransactionAction[] adding = [new(TableTransactionActionType.Add, AssetRow.From(asset))];
        var outcome = await commits.CommitAsync(asset.WorkspaceId, usage => usage.Add(asset, limit), adding, cancellationToken);
        if (outcome == CommitOutcome.Done)
        {
            return AssetOutcome.Done;
        }

        // An earlier run or an attempt whose response was lost may conflict with this one or use up the limit.
        return await FindAsync(asset.WorkspaceId, asset.Id, cancellationToken) switch
        {
            { Status: AssetStatus.Pending } => AssetOutcome.Done,
            null when outcome == CommitOutcome.Refused => AssetOutcome.OverLimit,
            _ => AssetOutcome.NotPending,
        };
    }

    /// <summary>Writes an asset. Returns null if it was changed since it was read. Takes one transaction.</summary>
    /// <returns>The stored asset.</returns>
    public async Task<Asset?> TryWriteAsync(Asset asset, CancellationToken cancellationToken) =>
        await tables.Workspaces.TryUpdateAsync(AssetRow.From(asset), new ETag(asset.RowVersion), TableUpdateMode.Replace, cancellationToken) is { } version
            ? asset with { RowVersion = version.ToString() }
            : null;

    /// <summary>Changes an asset, with retries on concurrent changes. Takes two transactions.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The asset.</param>
    /// <param name="known">Returns whether the asset has the version that the caller knows.</param>
    /// <param name="change">Returns the changed asset. Called again after a conflict.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<AssetChange> UpdateAsync(
        string workspaceId, Guid id, Func<Asset, bool> known, Func<Asset, Asset> change, CancellationToken cancellationToken)
    {
        string? version = null;
        return RepeatAsync(
            id,
            async () =>
            {
                var asset = await FindAsync(workspaceId, id, cancellationToken);
                if (asset is null || asset.Version == version || !known(asset))
                {
                    // The version matches if an earlier attempt succeeded although its response was lost.
                    return asset is null ? new(AssetOutcome.NotFound) : asset.Version == version ? new(AssetOutcome.Done, asset) : new(AssetOutcome.Stale);
                }

                var changed = change(asset);
                version = changed.Version;
                return await TryWriteAsync(changed, cancellationToken) is { } written ? new(AssetOutcome.Done, written) : null;
            },
            cancellationToken);
    }

    /// <summary>Deletes an asset. Returns false if it was changed since it was read. Takes one transaction.</summary>
    public async Task<bool> TryRemoveAsync(Asset asset, CancellationToken cancellationToken)
    {
        TableTransactionAction[] removing = [new(TableTransactionActionType.Delete, AssetRow.From(asset), new ETag(asset.RowVersion))];
        return await commits.CommitAsync(asset.WorkspaceId, usage => usage.Remove(asset), removing, cancellationToken) == CommitOutcome.Done

            // An earlier attempt may have succeeded although its response was lost.
            || await FindAsync(asset.WorkspaceId, asset.Id, cancellationToken) is null;
    }

    /// <summary>Retries a change of an asset on conflicts.</summary>
    /// <param name="id">The asset.</param>
    /// <param name="attempt">Reads and changes the asset. Returns null on a conflict.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<AssetChange> RepeatAsync(Guid id, Func<Task<AssetChange?>> attempt, CancellationToken cancellationToken) =>
        changes.RunAsync(id, () => RepeatAloneAsync(id, attempt, cancellationToken), cancellationToken);

    private async Task<AssetChange> RepeatAloneAsync(Guid id, Func<Task<AssetChange?>> attempt, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= Attempts; tries++)
        {
            if (await attempt() is { } change)
            {
                return change;
            }

            await time.PauseAsync(tries, cancellationToken);
        }

        throw new ContentionException($"Asset {id} has too many writers.");
    }
}

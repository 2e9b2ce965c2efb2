using Azure;
using Azure.Data.Tables;
using XQr.Api.Pipeline;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>
/// Assets. Table <c>Workspaces</c>, partition = workspace id:
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

    /// <summary>One transaction.</summary>
    public async Task<Asset?> FindAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        await tables.Workspaces.FindAsync(workspaceId, AssetRow.Key(id), cancellationToken) is { } row ? AssetRow.ToAsset(row) : null;

    /// <summary>What a workspace has stored. One transaction.</summary>
    public Task<AssetUsage> FindUsageAsync(string workspaceId, CancellationToken cancellationToken) => commits.FindAsync(workspaceId, cancellationToken);

    /// <summary>A part of a workspace's assets, newest first. One transaction for the count, one for each thousand that are skipped, one for the page.</summary>
    public async Task<(IReadOnlyList<Asset> Assets, int Total)> ListAsync(string workspaceId, Page page, CancellationToken cancellationToken)
    {
        var counting = FindUsageAsync(workspaceId, cancellationToken);
        var rows = await tables.Workspaces.FindPageAsync(workspaceId, AssetRow.Prefix, AssetRow.End, page, cancellationToken);
        return ([.. rows.Select(AssetRow.ToAsset)], (await counting).Assets);
    }

    /// <summary>Adds a pending asset, once however often it is called. One transaction; one more where it was there already.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="limit">How many bytes the workspace may have; null for any number.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<AssetOutcome> AddAsync(Asset asset, long? limit, CancellationToken cancellationToken)
    {
        TableTransactionAction[] adding = [new(TableTransactionActionType.Add, AssetRow.From(asset))];
        var outcome = await commits.CommitAsync(asset.WorkspaceId, usage => usage.Add(asset, limit), adding, cancellationToken);
        if (outcome == CommitOutcome.Done)
        {
            return AssetOutcome.Done;
        }

        // An earlier run, or an attempt whose answer was lost, may stand in the way of this one, or fill the limit.
        return await FindAsync(asset.WorkspaceId, asset.Id, cancellationToken) switch
        {
            { Status: AssetStatus.Pending } => AssetOutcome.Done,
            null when outcome == CommitOutcome.Refused => AssetOutcome.OverLimit,
            _ => AssetOutcome.NotPending,
        };
    }

    /// <summary>Writes an asset if nobody changed it since it was read; null where somebody did. One transaction.</summary>
    /// <returns>The asset as it is stored now.</returns>
    public async Task<Asset?> TryWriteAsync(Asset asset, CancellationToken cancellationToken) =>
        await tables.Workspaces.TryUpdateAsync(AssetRow.From(asset), new ETag(asset.RowVersion), TableUpdateMode.Replace, cancellationToken) is { } version
            ? asset with { RowVersion = version.ToString() }
            : null;

    /// <summary>Changes an asset, however many others do at the same time. Two transactions.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The asset.</param>
    /// <param name="known">Whether the asset is what the caller knows.</param>
    /// <param name="change">Changes it. Called again when others were quicker.</param>
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
                    // The version is ours where an attempt went through although its answer was lost.
                    return asset is null ? new(AssetOutcome.NotFound) : asset.Version == version ? new(AssetOutcome.Done, asset) : new(AssetOutcome.Stale);
                }

                var changed = change(asset);
                version = changed.Version;
                return await TryWriteAsync(changed, cancellationToken) is { } written ? new(AssetOutcome.Done, written) : null;
            },
            cancellationToken);
    }

    /// <summary>Removes an asset if nobody changed it since it was read; false where somebody did. One transaction.</summary>
    public async Task<bool> TryRemoveAsync(Asset asset, CancellationToken cancellationToken)
    {
        TableTransactionAction[] removing = [new(TableTransactionActionType.Delete, AssetRow.From(asset), new ETag(asset.RowVersion))];
        return await commits.CommitAsync(asset.WorkspaceId, usage => usage.Remove(asset), removing, cancellationToken) == CommitOutcome.Done

            // An attempt may have gone through although its answer was lost.
            || await FindAsync(asset.WorkspaceId, asset.Id, cancellationToken) is null;
    }

    /// <summary>Tries a change of an asset again while others get in its way.</summary>
    /// <param name="id">The asset.</param>
    /// <param name="attempt">Reads the asset and changes it; null where somebody else changed it in between.</param>
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

using XQr.Api.Work;

namespace XQr.Api.Assets;

/// <summary>
/// Runs cleanup work: deletes pending assets older than a day, and unreferenced blobs such as uploads after the asset was confirmed or
/// deleted.
/// </summary>
internal sealed class AssetSweep(AssetStore store, AssetBlobs blobs, AssetWorkStore works, AssetDeletion deletion, TimeProvider time) : IWorkHandler
{
    /// <summary>The name of the work.</summary>
    public const string Name = "assets";

    /// <summary>The maximum age of a pending asset.</summary>
    private static readonly TimeSpan MaxPendingAge = TimeSpan.FromDays(1);

    public string Work => Name;

    public Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken) =>
        RunDueAsync(time.GetUtcNow(), budget, cancellationToken);

    /// <summary>Runs the work that is due at a time.</summary>
    public async Task<string?> RunDueAsync(DateTimeOffset now, WorkBudget budget, CancellationToken cancellationToken)
    {
        await works.RunDueAsync(now, budget, (work, token) => RunAsync(work, now, token), cancellationToken);
        return budget.IsUsedUp ? "" : null;
    }

    private async Task RunAsync(AssetWork work, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asset = await store.FindAsync(work.WorkspaceId, work.AssetId, cancellationToken);
        if (asset is { Status: AssetStatus.Pending })
        {
            if (now < asset.CreatedAt + MaxPendingAge)
            {
                await works.AddAsync(work, asset.CreatedAt + MaxPendingAge, cancellationToken);
            }
            else
            {
                await deletion.DeleteAsync(work.WorkspaceId, work.AssetId, current => current.Status == AssetStatus.Pending, cancellationToken);
            }

            return;
        }

        if (!await blobs.TryRemoveUploadAsync(work.WorkspaceId, work.AssetId, cancellationToken))
        {
            throw new InvalidOperationException($"Storage refuses to delete the upload of asset {work.AssetId}.");
        }

        await blobs.RemoveBlocksAsync(work.WorkspaceId, work.AssetId, cancellationToken);
        if (asset is null)
        {
            await blobs.RemoveContentAsync(work.WorkspaceId, work.AssetId, cancellationToken);
        }

        if (work.PublicName is { } name && asset?.PublicName != name)
        {
            await blobs.RemovePublicAsync(name, cancellationToken);
        }
    }
}

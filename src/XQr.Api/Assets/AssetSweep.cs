using XQr.Api.Maintenance;

namespace XQr.Api.Assets;

/// <summary>
/// Runs cleanup work: deletes pending assets older than a day, and unreferenced blobs such as uploads after the asset was confirmed or
/// deleted.
/// </summary>
internal sealed class AssetSweep(AssetStore store, AssetBlobs blobs, AssetWorkStore works, AssetDeletion deletion) : IMaintenanceTask
{
    /// <summary>The maximum age of a pending asset.</summary>
    private static readonly TimeSpan MaxPendingAge = TimeSpan.FromDays(1);

    public string Name => "assets";

    /// <summary>Runs due work. Takes one transaction if nothing is due.</summary>
    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        works.RunDueAsync(now, work => RunAsync(work, now, cancellationToken), cancellationToken);

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

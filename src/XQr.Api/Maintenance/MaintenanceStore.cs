using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using XQr.Api.Storage;

namespace XQr.Api.Maintenance;

/// <summary>
/// The turn to do the maintenance: the lease of a blob. Its metadata note when each task was run last, <c>{task} = {Unix seconds}</c>.
/// </summary>
/// <param name="blob">The blob.</param>
/// <param name="setup">Creates the storage where it was never set up; null to fail there.</param>
internal sealed class MaintenanceStore(BlobClient blob, StorageSetup? setup = null)
{
    /// <summary>What storage gives at most; who dies stands in the way for as long.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>Takes the turn; null where somebody has it. One transaction, three the very first time.</summary>
    /// <returns>What the other calls want.</returns>
    public async Task<string?> TryTakeAsync(CancellationToken cancellationToken)
    {
        var lease = blob.GetBlobLeaseClient();
        try
        {
            return (await lease.AcquireAsync(Duration, cancellationToken: cancellationToken)).Value.LeaseId;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return await TryCreateAsync(cancellationToken) ? await TryTakeAsync(cancellationToken) : null;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Keeps the turn for another 60 seconds; false where it was lost. One transaction.</summary>
    public async Task<bool> TryKeepAsync(string turn, CancellationToken cancellationToken)
    {
        try
        {
            await blob.GetBlobLeaseClient(turn).RenewAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            return false;
        }
    }

    /// <summary>Gives the turn back. One transaction.</summary>
    public async Task ReleaseAsync(string turn, CancellationToken cancellationToken)
    {
        try
        {
            await blob.GetBlobLeaseClient(turn).ReleaseAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            // It was lost before.
        }
    }

    /// <summary>Returns when each task was run last; a value that is not a time is left out. One transaction.</summary>
    public async Task<Dictionary<string, DateTimeOffset>> FindRunsAsync(CancellationToken cancellationToken) =>
        (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.Metadata
            .Where(entry => uint.TryParse(entry.Value, CultureInfo.InvariantCulture, out _))
            .ToDictionary(
                entry => entry.Key,
                entry => DateTimeOffset.FromUnixTimeSeconds(long.Parse(entry.Value, CultureInfo.InvariantCulture)),
                StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes when each task was run last. One transaction.</summary>
    public Task SetRunsAsync(string turn, IEnumerable<KeyValuePair<string, DateTimeOffset>> runs, CancellationToken cancellationToken) =>
        blob.SetMetadataAsync(
            runs.ToDictionary(run => run.Key, run => run.Value.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new BlobRequestConditions { LeaseId = turn },
            cancellationToken);

    /// <summary>Creates missing tables and containers; false where that is refused.</summary>
    public async Task<bool> TryCreateStorageAsync(CancellationToken cancellationToken) => setup is not null && await setup.TryCreateMissingAsync(cancellationToken);

    private async Task<bool> TryCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blob.UploadAsync(BinaryData.Empty, overwrite: false, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (setup is not null && StorageFailure.IsNotSetUp(failure))
        {
            return await TryCreateStorageAsync(cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            // Another instance did.
            return true;
        }
    }
}

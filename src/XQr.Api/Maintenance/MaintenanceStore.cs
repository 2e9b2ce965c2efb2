using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using XQr.Api.Storage;

namespace XQr.Api.Maintenance;

/// <summary>
/// Stores the leader lease of the maintenance, which is the lease of a blob. The metadata of the blob has the last run of each task,
/// <c>{task} = {Unix seconds}</c>.
/// </summary>
/// <param name="blob">The blob.</param>
/// <param name="setup">Creates missing storage; null to fail without it.</param>
internal sealed class MaintenanceStore(BlobClient blob, StorageSetup? setup = null)
{
    /// <summary>The longest lease that storage gives. An instance that dies blocks the others for this time.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>Acquires the lease. Costs one transaction, three the first time.</summary>
    /// <returns>The id of the lease; null if another instance holds it.</returns>
    public async Task<string?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        var lease = blob.GetBlobLeaseClient();
        try
        {
            return (await lease.AcquireAsync(Duration, cancellationToken: cancellationToken)).Value.LeaseId;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return await TryCreateAsync(cancellationToken) ? await TryAcquireAsync(cancellationToken) : null;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Renews the lease for 60 seconds; returns false if it was lost. Costs one transaction.</summary>
    public async Task<bool> TryRenewAsync(string leaderLease, CancellationToken cancellationToken)
    {
        try
        {
            await blob.GetBlobLeaseClient(leaderLease).RenewAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            return false;
        }
    }

    /// <summary>Releases the lease. Costs one transaction.</summary>
    public async Task ReleaseAsync(string leaderLease, CancellationToken cancellationToken)
    {
        try
        {
            await blob.GetBlobLeaseClient(leaderLease).ReleaseAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            // The lease was lost before.
        }
    }

    /// <summary>Returns the last run of each task, without values that are not a time. Costs one transaction.</summary>
    public async Task<Dictionary<string, DateTimeOffset>> FindRunsAsync(CancellationToken cancellationToken)
    {
        var runs = new Dictionary<string, DateTimeOffset>(StringComparer.OrdinalIgnoreCase);
        foreach (var (task, time) in (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.Metadata)
        {
            if (uint.TryParse(time, CultureInfo.InvariantCulture, out var seconds))
            {
                runs[task] = DateTimeOffset.FromUnixTimeSeconds(seconds);
            }
        }

        return runs;
    }

    /// <summary>Sets the last run of each task. Costs one transaction.</summary>
    public Task SetRunsAsync(string leaderLease, IEnumerable<KeyValuePair<string, DateTimeOffset>> runs, CancellationToken cancellationToken) =>
        blob.SetMetadataAsync(
            runs.ToDictionary(run => run.Key, run => run.Value.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new BlobRequestConditions { LeaseId = leaderLease },
            cancellationToken);

    /// <summary>Creates missing tables and containers; returns false if storage refuses it.</summary>
    public async Task<bool> TryCreateStorageAsync(CancellationToken cancellationToken) =>
        setup is not null && await setup.TryCreateMissingAsync(cancellationToken);

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
            // Another instance has created the blob.
            return true;
        }
    }
}

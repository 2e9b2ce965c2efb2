using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace XQr.Api.Storage;

/// <summary>
/// Makes URLs by which a caller may write one blob, or storage itself read one to copy it, and nothing else, for some minutes (shared
/// access signatures). They are signed with
/// a user delegation key, which the service's Azure identity asks for and keeps for most of its life; where the storage was given by a
/// connection string, with that account's key, since Azurite refuses such a key to who has no identity.
/// </summary>
internal sealed class UploadUrls(BlobServiceClient service, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(12);

    /// <summary>Clocks differ: signatures have no start, a key is asked for from a little earlier, and it isn't used up to its last minutes.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    /// <summary>A copy begins at once; an instance whose clock is behind makes copies, too.</summary>
    private static readonly TimeSpan CopyLife = TimeSpan.FromMinutes(2) + ClockSkew;

    private readonly SemaphoreSlim asking = new(1);
    private UserDelegationKey? key;

    /// <summary>A URL that lets a blob be created and written. No call to storage, but for one that asks for a key now and then.</summary>
    public Task<Uri> NewAsync(BlobClient blob, TimeSpan life, CancellationToken cancellationToken) =>
        SignAsync(blob, BlobSasPermissions.Create | BlobSasPermissions.Write, life, cancellationToken);

    /// <summary>A URL that storage reads a blob by, which it is told to copy. Calls as <see cref="NewAsync"/>.</summary>
    public Task<Uri> NewSourceAsync(BlobClient blob, CancellationToken cancellationToken) =>
        SignAsync(blob, BlobSasPermissions.Read, CopyLife, cancellationToken);

    public void Dispose() => asking.Dispose();

    private async Task<Uri> SignAsync(BlobClient blob, BlobSasPermissions permissions, TimeSpan life, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sas = new BlobSasBuilder(permissions, now + life)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        return blob.CanGenerateSasUri ? blob.GenerateSasUri(sas) : blob.GenerateUserDelegationSasUri(sas, await KeyAsync(now + life, cancellationToken));
    }

    private async Task<UserDelegationKey> KeyAsync(DateTimeOffset needed, CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken);
        try
        {
            if (key is null || key.SignedExpiresOn < needed + ClockSkew)
            {
                var now = time.GetUtcNow();
                key = (await service.GetUserDelegationKeyAsync(
                    new BlobGetUserDelegationKeyOptions(now + KeyLife) { StartsOn = now - ClockSkew }, cancellationToken)).Value;
            }

            return key;
        }
        finally
        {
            asking.Release();
        }
    }
}

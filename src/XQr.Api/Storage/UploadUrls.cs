using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace XQr.Api.Storage;

/// <summary>
/// Creates URLs (shared access signatures) that allow a caller to write one blob, or storage to read one for a copy, for some minutes. They
/// are signed with a user delegation key, which the service's Azure identity requests and caches. With a connection string they are signed
/// with the account key, because Azurite gives a delegation key only to an identity.
/// </summary>
internal sealed class UploadUrls(BlobServiceClient service, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(12);

    /// <summary>The difference of clocks to allow for. A key starts this much earlier and is not used in the last minutes of its life.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    /// <summary>The life of a URL for a copy, which starts at once, also on an instance whose clock is behind.</summary>
    private static readonly TimeSpan CopyLife = TimeSpan.FromMinutes(2) + ClockSkew;

    private readonly SemaphoreSlim asking = new(1);
    private UserDelegationKey? key;

    /// <summary>Creates a URL that allows to create and write a blob. Costs no call to storage, except one for a new key now and then.</summary>
    public Task<Uri> NewAsync(BlobClient blob, TimeSpan life, CancellationToken cancellationToken) =>
        SignAsync(blob, BlobSasPermissions.Create | BlobSasPermissions.Write, life, cancellationToken);

    /// <summary>Creates a URL from which storage reads a blob to copy it. Costs the same as <see cref="NewAsync"/>.</summary>
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
        return blob.CanGenerateSasUri
            ? blob.GenerateSasUri(sas)
            : blob.GenerateUserDelegationSasUri(sas, await KeyAsync(now + life, cancellationToken));
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

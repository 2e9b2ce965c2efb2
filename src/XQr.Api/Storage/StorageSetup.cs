using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;

namespace XQr.Api.Storage;

/// <summary>Creates what local storage lacks. In Azure the deployment declares it all.</summary>
internal sealed class StorageSetup(Tables tables, Containers containers, BlobServiceClient blobs, IOptions<StorageOptions> options)
{
    /// <summary>Creates the tables and containers that are missing, and lets pages of the configured origins upload.</summary>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken = default) => Task.WhenAll(
    [
        .. tables.All.Select(table => table.CreateIfNotExistsAsync(cancellationToken)),
        .. containers.Private.Select(container => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        .. containers.Public.Select(container => container.CreateIfNotExistsAsync(PublicAccessType.Blob, cancellationToken: cancellationToken)),
        AllowUploadsAsync(cancellationToken),
    ]);

    /// <summary>The same rule as the deployment's (infra/bicep/modules/storage.bicep).</summary>
    private async Task AllowUploadsAsync(CancellationToken cancellationToken)
    {
        if (options.Value.UploadOrigins is not { Length: > 0 } origins)
        {
            return;
        }

        var properties = (await blobs.GetPropertiesAsync(cancellationToken)).Value;
        properties.Cors =
        [
            new()
            {
                AllowedOrigins = origins,
                AllowedMethods = "PUT,OPTIONS",
                AllowedHeaders = "content-type,x-ms-*",
                ExposedHeaders = "etag,x-ms-request-id",
                MaxAgeInSeconds = 3600,
            },
        ];
        await blobs.SetPropertiesAsync(properties, cancellationToken);
    }
}

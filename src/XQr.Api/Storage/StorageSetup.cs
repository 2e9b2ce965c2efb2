using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace XQr.Api.Storage;

/// <summary>Creates missing tables, containers and queues. In Azure the deployment creates them.</summary>
internal sealed partial class StorageSetup(
    Tables tables, Containers containers, Queues queues, BlobServiceClient blobs, IOptions<StorageOptions> options, ILogger<StorageSetup> logger)
{
    private bool refusalIsLogged;

    /// <summary>Creates the tables, containers and queues that are missing, and lets pages of the configured origins upload.</summary>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken = default) => Task.WhenAll(
    [
        .. tables.All.Select(table => table.CreateIfNotExistsAsync(cancellationToken)),
        .. containers.Private.Select(container => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        .. containers.Public.Select(container => container.CreateIfNotExistsAsync(PublicAccessType.Blob, cancellationToken: cancellationToken)),
        .. queues.All.Select(queue => queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        AllowUploadsAsync(cancellationToken),
    ]);

    /// <summary>Creates missing tables, containers and queues after a call that failed without them.</summary>
    /// <returns>False if the service has no permission to create them, which is logged once.</returns>
    public async Task<bool> TryCreateMissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await EnsureCreatedAsync(cancellationToken);
            Log.Created(logger);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 401 or 403)
        {
            if (!Interlocked.Exchange(ref refusalIsLogged, true))
            {
                Log.NotSetUp(logger, failure.ErrorCode);
            }

            return false;
        }
    }

    /// <summary>Sets the same CORS rule as the deployment (infra/bicep/modules/storage.bicep).</summary>
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Tables, containers or queues were missing in storage; they were created")]
        public static partial void Created(ILogger logger);

        [LoggerMessage(2, LogLevel.Error, "Tables, containers or queues are missing in storage, and storage refuses to create them ({Code}). "
            + "Run 'azd provision', or with a connection string any command of XQr.Server such as 'member list'. This message is logged once")]
        public static partial void NotSetUp(ILogger logger, string? code);
    }
}

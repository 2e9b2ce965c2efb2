namespace XQr.Api.Storage;

/// <summary>Creates what local storage lacks. In Azure the deployment declares it all.</summary>
internal sealed class StorageSetup(Tables tables, Containers containers)
{
    /// <summary>Creates the tables and containers that are missing.</summary>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken = default) => Task.WhenAll(
    [
        .. tables.All.Select(table => table.CreateIfNotExistsAsync(cancellationToken)),
        .. containers.All.Select(container => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
    ]);
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>Creates, reads, changes, publishes and deletes assets. REST, the dashboard and MCP tools call it.</summary>
internal sealed class AssetOperations(
    AssetStore store,
    AssetBlobs blobs,
    AssetUrls urls,
    AssetUploads uploads,
    AssetPublisher publisher,
    AssetDeletion deletion,
    TimeProvider time)
{
    /// <summary>Returns a page of assets, newest first.</summary>
    public Task<(IReadOnlyList<Asset> Assets, int Total)> ListAsync(Caller caller, Page page, CancellationToken cancellationToken) =>
        store.ListAsync(caller.WorkspaceId, page, cancellationToken);

    /// <summary>Returns an asset.</summary>
    public async Task<OperationResult<Asset>> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var assetId) && await store.FindAsync(caller.WorkspaceId, assetId, cancellationToken) is { } asset
            ? asset
            : AssetErrors.NotFound();

    /// <summary>Creates a pending asset and its upload URL.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="query">The parameters of <see cref="PresignRequest"/>.</param>
    /// <param name="seed">The time and random bytes of the creation.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<PresignedUpload>> PresignAsync(
        Caller caller, IQueryCollection query, CreationSeed seed, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = PresignRequest.Read(query, errors);
        return errors.Any
            ? errors.ToError()
            : await uploads.PresignAsync(request.ToAsset(caller.WorkspaceId, seed), caller.Plan, cancellationToken);
    }

    /// <summary>Confirms an upload. Does nothing if it was confirmed before.</summary>
    public Task<OperationResult<Asset>> ConfirmAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var assetId) ? uploads.ConfirmAsync(caller.WorkspaceId, assetId, cancellationToken) : NotFoundAsync();

    /// <summary>Publishes an asset. Does nothing if it is public.</summary>
    public Task<OperationResult<Asset>> PublishAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var assetId) ? publisher.PublishAsync(caller.WorkspaceId, assetId, cancellationToken) : NotFoundAsync();

    /// <summary>Deletes the public copy of an asset, if there is one.</summary>
    public Task<OperationResult<Asset>> UnpublishAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var assetId) ? publisher.UnpublishAsync(caller.WorkspaceId, assetId, cancellationToken) : NotFoundAsync();

    /// <summary>Changes an asset. Takes two transactions, and one more for a new file name of a public asset.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="id">The id of the asset.</param>
    /// <param name="body">The request, an <see cref="UpdateAssetRequest"/>.</param>
    /// <param name="ifMatch">The precondition.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<Asset>> UpdateAsync(
        Caller caller, string id, JsonElement body, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateAssetRequest.Read(body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        if (!Ids.TryParse(id, out var assetId))
        {
            return AssetErrors.NotFound();
        }

        var (now, version) = (time.GetUtcNow(), (string?)null);
        var result = await store.RetryAsync<OperationResult<Asset>>(assetId, TryUpdateAsync, cancellationToken);
        if (result.Value is { IsPublic: true } updated && request.Filename is not null)
        {
            await blobs.RenamePublicAsync(updated, cancellationToken);
        }

        return result;

        async Task<OperationResult<Asset>?> TryUpdateAsync()
        {
            if (await store.FindAsync(caller.WorkspaceId, assetId, cancellationToken) is not { } asset)
            {
                return AssetErrors.NotFound();
            }

            if (asset.Version == version)
            {
                // An earlier attempt succeeded although its response was lost.
                return asset;
            }

            if (request.ReadOnly.Validate(AssetResponse.From(asset, urls), AssetJson.Api.AssetResponse) is { } error)
            {
                return error;
            }

            if (!asset.Matches(ifMatch))
            {
                return AssetErrors.Changed();
            }

            var changed = request.Apply(asset, now);
            version = changed.Version;
            if (await store.TryWriteAsync(changed, cancellationToken) is { } written)
            {
                return written;
            }

            return null;
        }
    }

    /// <summary>Deletes an asset with its upload, content and public copy.</summary>
    public Task<OperationResult<Asset>> DeleteAsync(Caller caller, string id, IfMatch ifMatch, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var assetId)
            ? deletion.DeleteAsync(caller.WorkspaceId, assetId, asset => asset.Matches(ifMatch), cancellationToken)
            : NotFoundAsync();

    private static Task<OperationResult<Asset>> NotFoundAsync() => Task.FromResult<OperationResult<Asset>>(AssetErrors.NotFound());
}

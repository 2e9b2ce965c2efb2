namespace XQr.Api.Assets;

/// <summary>Cleanup work for the blobs of an asset, which runs even if the process that added it dies.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="AssetId">The asset, which may be deleted.</param>
/// <param name="PublicName">The public blob to delete if the asset no longer has it.</param>
internal sealed record AssetWork(string WorkspaceId, Guid AssetId, string? PublicName = null);

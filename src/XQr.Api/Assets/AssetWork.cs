namespace XQr.Api.Assets;

/// <summary>An asset whose blobs are to be looked after, whatever becomes of who is at work on it.</summary>
/// <param name="WorkspaceId">Its workspace.</param>
/// <param name="AssetId">The asset, which may be gone.</param>
/// <param name="PublicName">A public blob that is to go, where the asset hasn't it any more.</param>
internal sealed record AssetWork(string WorkspaceId, Guid AssetId, string? PublicName = null);

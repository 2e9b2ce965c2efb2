using System.ComponentModel.DataAnnotations;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>How the content of a new asset is uploaded: one request, without a key.</summary>
/// <param name="AssetId">The asset, pending until its upload is confirmed.</param>
/// <param name="UploadUrl">Where the content goes, for 15 minutes. Whoever has it may write this content, and nothing else.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Headers">The headers that it must have; a browser adds the length itself.</param>
internal sealed record PresignResponse(Guid AssetId, [property: Url] string UploadUrl, string Method, IReadOnlyDictionary<string, string> Headers)
    : IExample<PresignResponse>
{
    public static PresignResponse Example { get; } = new(
        AssetResponse.Example.Id,
        "https://account.blob.core.windows.net/assets/ws_0198f39e-9f10-7c55-b0a4-6d2e1c9f8b73/0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40/upload?sp=cw&sr=b&sig=example",
        "PUT",
        HeadersFor(AssetTypes.Svg));

    public static PresignResponse From(Asset asset, Uri url) => new(asset.Id, url.AbsoluteUri, "PUT", HeadersFor(asset.Type));

    private static Dictionary<string, string> HeadersFor(AssetType type) => new() { ["Content-Type"] = type.MimeType, ["x-ms-blob-type"] = "BlockBlob" };
}

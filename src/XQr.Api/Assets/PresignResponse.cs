using System.ComponentModel.DataAnnotations;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>The upload request for a new asset, which needs no key.</summary>
/// <param name="AssetId">The id of the asset, which is pending until its upload is confirmed.</param>
/// <param name="UploadUrl">The URL for the upload, valid for 15 minutes. Anybody who has it can write this content only.</param>
/// <param name="Method">The HTTP method of the upload.</param>
/// <param name="Headers">The required headers; browsers add the length themselves.</param>
internal sealed record PresignResponse(Guid AssetId, [property: Url] string UploadUrl, string Method, IReadOnlyDictionary<string, string> Headers)
    : IExample<PresignResponse>
{
    public static PresignResponse Example { get; } = new(
        AssetResponse.Example.Id,
        "https://account.blob.core.windows.net/assets/ws_0198f39e-9f10-7c55-b0a4-6d2e1c9f8b73/0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40/upload"
            + "?sp=cw&sr=b&sig=example",
        "PUT",
        HeadersFor(AssetTypes.Svg));

    public static PresignResponse From(PresignedUpload upload) =>
        new(upload.Asset.Id, upload.Url.AbsoluteUri, "PUT", HeadersFor(upload.Asset.Type));

    private static Dictionary<string, string> HeadersFor(AssetType type) =>
        new() { ["Content-Type"] = type.MimeType, ["x-ms-blob-type"] = "BlockBlob" };
}

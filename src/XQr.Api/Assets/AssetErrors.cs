using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

/// <summary>The errors of assets.</summary>
internal static class AssetErrors
{
    public static ApiError NotFound() => ApiErrors.NotFound("asset");

    /// <summary>Creates the error for an asset that has changed since the caller read it.</summary>
    public static ApiError Changed() => ApiErrors.PreconditionFailed("asset");

    public static ApiError OverLimit(PlanOptions plan) => ApiErrors.PlanLimitExceeded($"{plan.StorageMb} MB of assets");

    /// <summary>Creates the error for a repeated creation whose asset is no longer pending.</summary>
    public static ApiError NotPending() => ApiErrors.Conflict("The asset of this request has been confirmed or deleted; start a new upload.");

    public static ApiError NotUploaded() => ApiErrors.Conflict("Nothing has been uploaded: send the content to upload_url first.");

    public static ApiError Unreadable() => ApiErrors.Conflict(
        "The upload can't be read: it is archived, encrypted with a key of yours, or not a block blob. "
        + "Upload the file again, with only the method and headers of the presign response.");

    public static ApiError TooLarge(Asset asset) => ApiErrors.Conflict(
        $"More than the declared {asset.FileSize} bytes were uploaded, and the upload was removed. Upload the declared file.");

    public static ApiError TooSmall(Asset asset) => ApiErrors.Conflict(
        $"Fewer than the declared {asset.FileSize} bytes were uploaded. Upload the declared file.");

    public static ApiError OtherType(Asset asset) => ApiErrors.Conflict(
        $"The first bytes of the upload are not those of {asset.Type.MimeType}. Upload the declared file.");

    public static ApiError NotConfirmed() => ApiErrors.Conflict("The asset is pending: upload its content and confirm the upload first.");

    /// <summary>Creates the error for an SVG image that cannot be sanitized.</summary>
    /// <param name="error">The reason, such as <c>must be …</c>.</param>
    public static ApiError NotSafe(string error) => ApiErrors.Conflict($"This SVG image can't be published: it {error}.");
}

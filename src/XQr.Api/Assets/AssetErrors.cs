using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Assets;

internal static class AssetErrors
{
    public static ApiError NotFound() => ApiErrors.NotFound("asset");

    public static ApiError OverLimit(PlanOptions plan) => ApiErrors.PlanLimitExceeded($"{plan.StorageMb} MB of assets");

    public static ApiError NotUploaded() => ApiErrors.Conflict("Nothing was uploaded yet: send the content to upload_url first.");

    public static ApiError Unreadable() => ApiErrors.Conflict(
        "What was uploaded can't be read: it is archived, encrypted with a key of yours, or no block blob. Upload it again with the method and headers of the presign answer alone.");

    public static ApiError NotConfirmed() => ApiErrors.Conflict("The asset is pending: upload its content and confirm that first.");

    /// <summary>Returns the error of an outcome.</summary>
    public static ApiError NotDone(AssetChange change) => change switch
    {
        { Outcome: AssetOutcome.Stale } => ApiErrors.PreconditionFailed("asset"),
        { Outcome: AssetOutcome.NotPending } => ApiErrors.Conflict("The asset of this request was confirmed or deleted since; send a new request."),
        { Outcome: AssetOutcome.NotUploaded } => NotUploaded(),
        { Outcome: AssetOutcome.Unreadable } => Unreadable(),
        { Outcome: AssetOutcome.NotConfirmed } => NotConfirmed(),
        { Outcome: AssetOutcome.NotSafe, Reason: var reason } => ApiErrors.Conflict($"This SVG image can't be published: it {reason}."),
        { Outcome: AssetOutcome.TooLarge, Asset: { } asset } =>
            ApiErrors.Conflict($"More than the declared {asset.FileSize} bytes were uploaded; they are removed. Upload what was declared."),
        { Outcome: AssetOutcome.TooSmall, Asset: { } asset } =>
            ApiErrors.Conflict($"Less than the declared {asset.FileSize} bytes were uploaded. Upload what was declared."),
        { Outcome: AssetOutcome.OtherType, Asset: { } asset } =>
            ApiErrors.Conflict($"What was uploaded doesn't begin as {asset.Type.MimeType} does. Upload what was declared."),
        _ => NotFound(),
    };
}

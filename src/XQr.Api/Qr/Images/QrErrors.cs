using System.Globalization;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

internal static class QrErrors
{
    public static ApiError TemplateNotFound() => ApiErrors.NotFound("template");

    public static ApiError TooManyCodes(int? limit) => ApiErrors.PlanLimitExceeded($"{limit} links with QR codes");

    /// <summary>Returns the error of a code that cannot be rendered.</summary>
    public static ApiError NotRendered(QrOutcome outcome) => outcome switch
    {
        QrOutcome.DataTooLong { Level: var level, MaxBytes: var bytes } => ApiErrors.InvalidField(
            "data", string.Create(CultureInfo.InvariantCulture, $"must fit a code of correction level {level}, which always takes {bytes:N0} bytes")),
        QrOutcome.InvalidLogo { Error: var error } => ApiErrors.InvalidField("logo_url", $"must lead to another image: this one {error}"),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}

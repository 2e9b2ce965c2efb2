using System.Globalization;
using XQr.Api.Pipeline;
using XQr.Rendering;

namespace XQr.Api.Qr;

internal static class QrErrors
{
    public static ApiError TemplateNotFound() => ApiErrors.NotFound("template");

    public static ApiError TooManyCodes(int? limit) => ApiErrors.PlanLimitExceeded($"{limit} links with QR codes");

    /// <summary>A logo that can't be had.</summary>
    public static ApiError BadLogo(string field, string fault) => ApiErrors.Fault(field, fault);

    /// <summary>A code that can't be made, or wouldn't scan.</summary>
    public static ApiError NotRendered(QrOutcome outcome) => outcome switch
    {
        QrOutcome.DataTooLong { Level: var level, MaxBytes: var bytes } =>
            ApiErrors.Fault("data", string.Create(CultureInfo.InvariantCulture, $"must fit a code of correction level {level}, which always takes {bytes:N0} bytes")),
        QrOutcome.LogoTooLarge { LargestSize: { } size } =>
            ApiErrors.Fault("logo_size", string.Create(CultureInfo.InvariantCulture, $"must be at most {size} for this data, so that what the logo hides can be repaired")),
        QrOutcome.LogoRefused { Fault: var fault } => ApiErrors.Fault("logo_url", $"must lead to another image: this one {fault}"),
        _ => ApiErrors.Fault("logo_url", "must be absent for this data, which leaves no room for a logo"),
    };
}

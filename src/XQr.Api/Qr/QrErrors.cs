using XQr.Api.Pipeline;

namespace XQr.Api.Qr;

internal static class QrErrors
{
    public static ApiError TemplateNotFound() => ApiErrors.NotFound("template");
}

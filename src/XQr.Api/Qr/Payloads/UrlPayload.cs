using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>An address of the web, as it is: a reader knows it by its scheme.</summary>
internal static class UrlPayload
{
    public static string? Write(IFields fields)
    {
        var url = fields.RequiredLine("url");
        if (!string.IsNullOrEmpty(url) && !IsUrl(url))
        {
            fields.Fault("url", "must be an absolute http or https URL");
        }

        return url;
    }

    public static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && !text.Contains(' ', StringComparison.Ordinal);
}

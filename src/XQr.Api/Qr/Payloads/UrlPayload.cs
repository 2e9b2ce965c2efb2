using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>An address of the web, as it is: a reader knows it by its scheme.</summary>
internal static class UrlPayload
{
    public static string? Write(IFields fields) => fields.RequiredLine("url") is { } url ? Checked(fields, url) : null;

    /// <summary>The URL of the field <c>url</c>, once its fault is noted if it is none.</summary>
    public static string Checked(IFields fields, string url)
    {
        if (!IsUrl(url))
        {
            fields.Fault("url", "must be an absolute http or https URL");
        }

        return url;
    }

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && !text.Contains(' ', StringComparison.Ordinal);
}

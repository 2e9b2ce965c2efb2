using XQr.Api.Pipeline;
using XQr.Api.Urls;

namespace XQr.Api.Qr.Payloads;

/// <summary>Creates web addresses, unchanged: readers recognise them by the scheme.</summary>
internal static class UrlPayload
{
    public static string? Write(IFields fields) => fields.RequiredLine("url") is { } url ? Checked(fields, url) : null;

    /// <summary>Returns the URL, and adds its error to the field <c>url</c>.</summary>
    public static string Checked(IFields fields, string url)
    {
        if (HttpUrl.TryParse(url, out var error) is null)
        {
            fields.AddError("url", error!);
        }

        return url;
    }
}

using XQr.Api.Pipeline;
using XQr.Api.Urls;

namespace XQr.Api.Qr.Payloads;

/// <summary>Creates web addresses, unchanged: readers recognise them by the scheme.</summary>
internal static class UrlPayload
{
    public static string? Write(IFields fields) => fields.RequiredLine("url") is { } url ? Checked(fields, url) : null;

    /// <summary>Reads the field <c>url</c> and records its error.</summary>
    public static string Checked(IFields fields, string url)
    {
        if (HttpUrl.TryParse(url, out var fault) is null)
        {
            fields.AddError("url", fault!);
        }

        return url;
    }
}

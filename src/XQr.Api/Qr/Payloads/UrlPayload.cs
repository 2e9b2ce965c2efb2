using XQr.Api.Pipeline;
using XQr.Api.Urls;

namespace XQr.Api.Qr.Payloads;

/// <summary>An address of the web, as it is: a reader knows it by its scheme.</summary>
internal static class UrlPayload
{
    public static string? Write(IFields fields) => fields.RequiredLine("url") is { } url ? Checked(fields, url) : null;

    /// <summary>The URL of the field <c>url</c>, once its fault is noted if it is none.</summary>
    public static string Checked(IFields fields, string url)
    {
        if (HttpUrl.TryParse(url, out var fault) is null)
        {
            fields.AddError("url", fault!);
        }

        return url;
    }
}

using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>Reads and validates the fields that link requests share.</summary>
internal static class LinkFields
{
    public const int MaxLabels = 10;
    public const int MaxLabelLength = 50;

    /// <summary>Reads a destination.</summary>
    public static string? Destination(JsonFields fields, PublicUrls urls, string name)
    {
        if (fields.Url(name) is not { } url)
        {
            return null;
        }

        if (Destinations.Validate(url, urls) is { } error)
        {
            fields.AddError(name, error);
            return null;
        }

        return url.Text;
    }

    /// <summary>Reads the short code that the caller chooses.</summary>
    public static string? CustomSlug(JsonFields fields)
    {
        var slug = fields.Text("custom_slug");
        if (slug is not null && ShortCodes.IsReserved(slug))
        {
            fields.AddError("custom_slug", "is reserved: choose another");
        }

        return slug;
    }

    /// <summary>Reads the expiry of an existing link. A past time expires the link at once.</summary>
    public static DateTimeOffset? ChangedExpiresAt(JsonFields fields)
    {
        var expiresAt = fields.Time("expires_at");
        if (expiresAt < DateTimeOffset.UnixEpoch)
        {
            fields.AddError("expires_at", "must be a time from 1970 on");
        }

        return expiresAt;
    }
}

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
    public static string? Url(JsonFields fields, PublicUrls urls, string name = "url")
    {
        var url = fields.Text(name);
        if (url is not null && Destinations.Validate(url, urls) is { } error)
        {
            fields.AddError(name, error);
            return null;
        }

        return url;
    }

    /// <summary>Reads the short code that the caller chooses.</summary>
    public static string? CustomSlug(JsonFields fields)
    {
        var slug = fields.Text("custom_slug");
        if (slug is null)
        {
            return null;
        }

        if (!ShortCodes.IsWellFormed(slug))
        {
            fields.Errors.Add("custom_slug", "must have 3 to 64 letters, digits and hyphens, no hyphen first or last");
        }
        else if (ShortCodes.IsReserved(slug))
        {
            fields.Errors.Add("custom_slug", "is reserved: choose another");
        }

        return slug;
    }

    /// <summary>Reads the labels, trimmed and without duplicates.</summary>
    public static IReadOnlyList<string>? Labels(JsonFields fields) => fields.Labels("labels", MaxLabels, MaxLabelLength);

    /// <summary>Reads the expiry of an existing link. A past time expires the link at once.</summary>
    public static DateTimeOffset? ChangedExpiresAt(JsonFields fields)
    {
        var expiresAt = fields.Time("expires_at");
        if (expiresAt < DateTimeOffset.UnixEpoch)
        {
            fields.Errors.Add("expires_at", "must be a time from 1970 on");
        }

        return expiresAt;
    }

    /// <summary>Reads the expiry of a new link.</summary>
    public static DateTimeOffset? ExpiresAt(JsonFields fields, DateTimeOffset now)
    {
        var expiresAt = fields.Time("expires_at");
        if (expiresAt <= now)
        {
            fields.Errors.Add("expires_at", "must be in the future");
        }

        return expiresAt;
    }
}

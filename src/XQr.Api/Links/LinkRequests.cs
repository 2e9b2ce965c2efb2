using System.Text.Json;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>What creates a link.</summary>
/// <param name="Url">Where it leads: an absolute http or https URL of at most 2,048 characters.</param>
/// <param name="CustomSlug">Its code: 3 to 64 letters, digits and hyphens, no hyphen first or last. Without one, 7 random characters.</param>
/// <param name="Labels">At most 10, each of 1 to 50 characters.</param>
/// <param name="ExpiresAt">When it ends to work, in the future; never, where absent.</param>
/// <param name="RoutingRules">Where it leads some visitors instead, at most 20 rules.</param>
internal sealed record CreateLinkRequest(
    string Url, string? CustomSlug, IReadOnlyList<string>? Labels, DateTimeOffset? ExpiresAt, IReadOnlyList<RoutingRule>? RoutingRules)
{
    public static CreateLinkRequest Read(JsonElement body, PublicUrls urls, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: true, errors);
        if (!fields.Has("url"))
        {
            errors.Add("url", "is required");
        }

        var request = new CreateLinkRequest(
            LinkFields.Url(fields, urls) ?? "",
            LinkFields.CustomSlug(fields),
            LinkFields.Labels(fields) ?? [],
            LinkFields.ExpiresAt(fields, now),
            RoutingFields.Rules(fields, urls));
        fields.RefuseOthers();
        return request;
    }

    /// <summary>A new link, with another id and, unless a slug was asked for, another code each time.</summary>
    public Link ToLink(string workspaceId, DateTimeOffset now) =>
        new(Ids.New(now), workspaceId, CustomSlug ?? ShortCodes.New(), Url, Enabled: true, Labels ?? [], ExpiresAt, now, now) { RoutingRules = new(RoutingRules ?? []) };
}

/// <summary>What changes a link; what is absent stays as it is.</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="Labels">All its labels.</param>
/// <param name="Enabled">Whether it works.</param>
/// <param name="ExpiresAt">When it ends to work, in the future; null for never.</param>
/// <param name="RoutingRules">All its rules, at most 20.</param>
internal sealed record UpdateLinkRequest(
    string? Url, IReadOnlyList<string>? Labels, bool? Enabled, DateTimeOffset? ExpiresAt, IReadOnlyList<RoutingRule>? RoutingRules)
{
    /// <summary>Whether the link is to have no end.</summary>
    internal bool ClearsExpiry { get; private init; }

    public static UpdateLinkRequest Read(JsonElement body, PublicUrls urls, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: false, errors);
        var clears = fields.IsNull("expires_at");
        var request = new UpdateLinkRequest(
            LinkFields.Url(fields, urls),
            LinkFields.Labels(fields),
            fields.Boolean("enabled"),
            clears ? null : LinkFields.ExpiresAt(fields, now),
            RoutingFields.Rules(fields, urls))
        {
            ClearsExpiry = clears,
        };
        if (fields.Has("custom_slug") || fields.IsNull("custom_slug"))
        {
            errors.Add("custom_slug", "can't be changed: make another link");
        }

        fields.RefuseOthers();
        return request;
    }

    public Link Apply(Link link, DateTimeOffset now)
    {
        return link with
        {
            UpdatedAt = now,
            Destination = Url ?? link.Destination,
            Labels = Labels ?? link.Labels,
            Enabled = Enabled ?? link.Enabled,
            ExpiresAt = ClearsExpiry ? null : ExpiresAt ?? link.ExpiresAt,
            RoutingRules = RoutingRules is null ? link.RoutingRules : new(RoutingRules),
        };
    }
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Links;

/// <summary>What creates a link.</summary>
/// <param name="Url">Where it leads: an absolute http or https URL of at most 2,048 characters, without user name or password.</param>
/// <param name="CustomSlug">Its code: 3 to 64 letters, digits and hyphens, no hyphen first or last. Without one, 7 random characters.</param>
/// <param name="Labels">At most 10, each of 1 to 50 characters.</param>
/// <param name="ExpiresAt">When it ends to work, in the future; never, where absent.</param>
/// <param name="RoutingRules">Where it leads some visitors instead: at most 20 rules, the lowest priority first. Needs the feature <c>routing_rules</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreateLinkRequest(
    [property: HttpUrl, StringLength(Destinations.MaxLength)] string Url,
    [property: StringLength(ShortCodes.MaxLength, MinimumLength = ShortCodes.MinLength), RegularExpression(ShortCodes.Pattern)] string? CustomSlug = null,
    [property: ItemCount(LinkFields.MaxLabels), ItemLength(1, LinkFields.MaxLabelLength)] IReadOnlyList<string>? Labels = null,
    DateTimeOffset? ExpiresAt = null,
    [property: ItemCount(Routing.RoutingRules.Max)] IReadOnlyList<RoutingRule>? RoutingRules = null) : IExample<CreateLinkRequest>
{
    public static CreateLinkRequest Example { get; } =
        new("https://example.com/summer-sale", "summer-sale", ["print", "summer"], DateTimeOffset.Parse("2100-09-01T00:00:00Z", CultureInfo.InvariantCulture));

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
        fields.RejectUnknownProperties();
        return request;
    }

    /// <summary>A new link, with another id each time; the same ones in each run of the operation.</summary>
    public Link ToLink(string workspaceId, string shortCode, Operation operation) =>
        new(Ids.New(operation), workspaceId, shortCode, Url, Enabled: true, Labels ?? [], ExpiresAt, operation.At, operation.At)
        {
            RoutingRules = new(RoutingRules ?? []),
            Version = ResourceVersion.New(operation),
        };
}

/// <summary>
/// Request to change a link; what is absent stays as it is. The whole link may be sent back: <c>destination</c> stands for <c>url</c>, and
/// what can't be changed is accepted as it is.
/// </summary>
/// <param name="Url">Where it leads: an absolute http or https URL of at most 2,048 characters, without user name or password.</param>
/// <param name="Labels">All its labels: at most 10, each of 1 to 50 characters.</param>
/// <param name="Enabled">Whether it works.</param>
/// <param name="ExpiresAt">When the link expires; a time in the past ends it at once, null never.</param>
/// <param name="RoutingRules">All its rules: at most 20, the lowest priority first. Needs the feature <c>routing_rules</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateLinkRequest(
    [property: NotNull, HttpUrl, StringLength(Destinations.MaxLength)] string? Url = null,
    [property: NotNull, ItemCount(LinkFields.MaxLabels), ItemLength(1, LinkFields.MaxLabelLength)] IReadOnlyList<string>? Labels = null,
    [property: NotNull] bool? Enabled = null,
    DateTimeOffset? ExpiresAt = null,
    [property: NotNull, ItemCount(Routing.RoutingRules.Max)] IReadOnlyList<RoutingRule>? RoutingRules = null) : IExample<UpdateLinkRequest>
{
    public static UpdateLinkRequest Example { get; } = new("https://example.com/autumn-sale", ["print", "autumn"], Enabled: true);

    /// <summary>Whether the link is to have no end.</summary>
    internal bool ClearsExpiry { get; private init; }

    /// <summary>What was sent of the link that can't be changed.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateLinkRequest Read(JsonElement body, PublicUrls urls, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: false, errors);
        var clears = fields.IsNull("expires_at");
        var (url, destination) = (LinkFields.Url(fields, urls), LinkFields.Url(fields, urls, "destination"));
        if (url is not null && destination is not null && url != destination)
        {
            errors.Add("destination", "must be the same as url where both are sent");
        }

        var request = new UpdateLinkRequest(
            url ?? destination,
            LinkFields.Labels(fields),
            fields.Boolean("enabled"),
            clears ? null : LinkFields.ChangedExpiresAt(fields),
            RoutingFields.Rules(fields, urls))
        {
            ClearsExpiry = clears,
            ReadOnly = ReadOnlyMembers.Read(fields, "id", "short_url", "short_code", "scan_count", "last_scan_at", "created_at", "updated_at"),
        };
        if (fields.Has("custom_slug") || fields.IsNull("custom_slug"))
        {
            errors.Add("custom_slug", "can't be changed: make another link");
        }

        fields.RejectUnknownProperties();
        return request;
    }

    /// <summary>Why the change can't be made to any link. In a whole link that is sent back, rules may be those that it has.</summary>
    public ApiError? Refusal(PlanOptions plan) => ReadOnly.Any ? null : LinkErrors.NotInPlan(RoutingRules, plan);

    /// <summary>Why the change can't be made to a link; null if it can. Rules that stay as they are need no feature.</summary>
    public ApiError? Refusal(Link link, PublicUrls urls, PlanOptions plan) =>
        ReadOnly.Validate(LinkResponse.From(link, urls), "scan_count", "last_scan_at")
        ?? (RoutingRules is null || link.RoutingRules.Equals(new(RoutingRules)) ? null : LinkErrors.NotInPlan(RoutingRules, plan));

    public Link Apply(Link link, DateTimeOffset now)
    {
        return link with
        {
            UpdatedAt = now,
            Version = ResourceVersion.New(),
            Destination = Url ?? link.Destination,
            Labels = Labels ?? link.Labels,
            Enabled = Enabled ?? link.Enabled,
            ExpiresAt = ClearsExpiry ? null : ExpiresAt ?? link.ExpiresAt,
            RoutingRules = RoutingRules is null ? link.RoutingRules : new(RoutingRules),
        };
    }
}

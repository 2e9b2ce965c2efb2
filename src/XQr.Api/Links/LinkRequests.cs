using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>Request to create a link.</summary>
/// <param name="Url">The destination: an absolute http or https URL of at most 2,048 characters, without user name or password.</param>
/// <param name="CustomSlug">
/// The short code: 3 to 64 letters, digits and hyphens, with no hyphen first or last. The default is 7 random characters.
/// </param>
/// <param name="Labels">At most 10 labels, each of 1 to 50 characters.</param>
/// <param name="ExpiresAt">The time the link expires, in the future; never if absent.</param>
/// <param name="RoutingRules">
/// At most 20 rules with other destinations for some visitors, lowest priority first. Requires the feature <c>routing_rules</c>.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreateLinkRequest(
    [property: HttpUrl, StringLength(Destinations.MaxLength)] string Url,
    [property: StringLength(ShortCodes.MaxLength, MinimumLength = ShortCodes.MinLength, ErrorMessage = ShortCodes.Rule)]
    [property: RegularExpression(ShortCodes.Pattern, ErrorMessage = ShortCodes.Rule)]
    string? CustomSlug = null,
    [property: ItemCount(LinkFields.MaxLabels), ItemLength(1, LinkFields.MaxLabelLength)] IReadOnlyList<string>? Labels = null,
    DateTimeOffset? ExpiresAt = null,
    [property: ItemCount(Routing.RoutingRules.Max)] IReadOnlyList<RoutingRule>? RoutingRules = null) : IExample<CreateLinkRequest>
{
    public static CreateLinkRequest Example { get; } =
        new(
            "https://example.com/summer-sale",
            "summer-sale",
            ["print", "summer"],
            DateTimeOffset.Parse("2100-09-01T00:00:00Z", CultureInfo.InvariantCulture));

    private static readonly FieldRules Rules = FieldRules.Of<CreateLinkRequest>();

    public static CreateLinkRequest Read(JsonElement body, PublicUrls urls, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new CreateLinkRequest(
            LinkFields.Destination(fields, urls, "url") ?? "",
            LinkFields.CustomSlug(fields),
            fields.Labels("labels") ?? [],
            fields.FutureTime("expires_at", now),
            RoutingFields.Rules(fields, urls));
        fields.RejectUnknownProperties();
        return request;
    }

    /// <summary>Creates the link with ids that are the same in each run of the operation.</summary>
    public Link ToLink(Caller caller, string shortCode, CreationSeed seed) =>
        new(Ids.New(seed), caller.WorkspaceId, shortCode, Url, Enabled: true, Labels ?? [], ExpiresAt, seed.At, seed.At)
        {
            History = LinkHistory.None.Add(LinkChange.Creation(seed.At, caller.Actor)),
            RoutingRules = new(RoutingRules ?? []),
            Version = ResourceVersion.New(seed),
        };
}

/// <summary>
/// Request to change a link; absent properties stay unchanged. The whole link can be sent back: <c>destination</c> means <c>url</c>, and
/// unchanged read-only properties are accepted.
/// </summary>
/// <param name="Url">The destination: an absolute http or https URL of at most 2,048 characters, without user name or password.</param>
/// <param name="Labels">All labels, at most 10, each of 1 to 50 characters.</param>
/// <param name="Enabled">True if the link redirects visitors.</param>
/// <param name="ExpiresAt">The time the link expires; a past time expires it at once, null means never.</param>
/// <param name="RoutingRules">All rules, at most 20, lowest priority first. Requires the feature <c>routing_rules</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateLinkRequest(
    [property: NotNull, HttpUrl, StringLength(Destinations.MaxLength)] string? Url = null,
    [property: NotNull, ItemCount(LinkFields.MaxLabels), ItemLength(1, LinkFields.MaxLabelLength)] IReadOnlyList<string>? Labels = null,
    [property: NotNull] bool? Enabled = null,
    DateTimeOffset? ExpiresAt = null,
    [property: NotNull, ItemCount(Routing.RoutingRules.Max)] IReadOnlyList<RoutingRule>? RoutingRules = null) : IExample<UpdateLinkRequest>
{
    public static UpdateLinkRequest Example { get; } = new("https://example.com/autumn-sale", ["print", "autumn"], Enabled: true);

    private static readonly FieldRules Rules =
        FieldRules.Of<UpdateLinkRequest>().WithAlias("destination", "url").With("custom_slug").WithReadOnly<LinkResponse>();

    /// <summary>Gets whether the request removes the expiry.</summary>
    internal bool ClearsExpiry { get; private init; }

    /// <summary>Gets the read-only properties in the request.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateLinkRequest Read(JsonElement body, PublicUrls urls, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var (url, destination) = (LinkFields.Destination(fields, urls, "url"), LinkFields.Destination(fields, urls, "destination"));
        if (url is not null && destination is not null && url != destination)
        {
            errors.Add("destination", "must be the same as url where both are sent");
        }

        var request = new UpdateLinkRequest(
            url ?? destination,
            fields.Labels("labels"),
            fields.Boolean("enabled"),
            LinkFields.ChangedExpiresAt(fields),
            RoutingFields.Rules(fields, urls))
        {
            ClearsExpiry = fields.IsNull("expires_at"),
            ReadOnly = ReadOnlyMembers.Read(fields),
        };
        if (fields.Raw("custom_slug") is not null)
        {
            errors.Add("custom_slug", "can't be changed: create another link");
        }

        fields.RejectUnknownProperties();
        return request;
    }

    /// <summary>Returns the error that applies to any link, or null. A whole link that is sent back may contain its own rules.</summary>
    public ApiError? Validate(PlanOptions plan) => ReadOnly.Any ? null : LinkErrors.NotInPlan(RoutingRules, plan);

    /// <summary>Returns the error of the change for a link, or null. Unchanged rules need no feature.</summary>
    public ApiError? Validate(Link link, PublicUrls urls, PlanOptions plan) =>
        ReadOnly.Validate(LinkResponse.From(link, urls), LinkJson.Api.LinkResponse, "scan_count", "last_scan_at")
        ?? (RoutingRules is null || link.RoutingRules.Equals(new(RoutingRules)) ? null : LinkErrors.NotInPlan(RoutingRules, plan));

    /// <summary>Returns the changed link.</summary>
    public Link Apply(Link link, DateTimeOffset now) => link with
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

using XQr.Api.Links.Routing;

namespace XQr.Api.Links;

/// <summary>What a redirect needs to know of a link.</summary>
internal sealed record ShortCode(
    Guid LinkId, string WorkspaceId, string Destination, bool Enabled, DateTimeOffset? ExpiresAt, RoutingRules RoutingRules)
{
    /// <summary>The destination as a Location header carries it.</summary>
    public string Location { get; } = Destinations.ToLocation(Destination);

    public static ShortCode Of(Link link) =>
        new(link.Id, link.WorkspaceId, link.Destination, link.Enabled, link.ExpiresAt, link.RoutingRules);

    /// <summary>Where a visitor is led, as a Location header carries it.</summary>
    public string LocationFor(RoutingVisitor visitor, DateTimeOffset now) =>
        RoutingRules.Choose(LinkId, visitor, now)?.Location ?? Location;
}

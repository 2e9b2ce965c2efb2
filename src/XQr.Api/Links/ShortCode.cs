using XQr.Api.Links.Routing;

namespace XQr.Api.Links;

/// <summary>The properties of a link that a redirect needs.</summary>
internal sealed record ShortCode(
    Guid LinkId, string WorkspaceId, string Destination, bool Enabled, DateTimeOffset? ExpiresAt, RoutingRules RoutingRules)
{
    /// <summary>Gets the destination in the form of a Location header.</summary>
    public string Location { get; } = Destinations.ToLocation(Destination);

    /// <summary>Estimates the bytes of the short code in memory.</summary>
    public long EstimateBytes()
    {
        // The record and the id of the workspace.
        const int RecordBytes = 300;
        return RecordBytes + (sizeof(char) * (Destination.Length + Location.Length)) + RoutingRules.EstimateBytes();
    }

    /// <summary>Returns the short code of a link.</summary>
    public static ShortCode Of(Link link) =>
        new(link.Id, link.WorkspaceId, link.Destination, link.Enabled, link.ExpiresAt, link.RoutingRules);

    /// <summary>Returns the destination for a visitor in the form of a Location header.</summary>
    public string LocationFor(RoutingVisitor visitor, DateTimeOffset now) =>
        RoutingRules.Choose(LinkId, visitor, now)?.Location ?? Location;
}

using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>A short link.</summary>
internal sealed record Link(
    Guid Id,
    string WorkspaceId,
    string ShortCode,
    string Destination,
    bool Enabled,
    IReadOnlyList<string> Labels,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Gets the routing rules.</summary>
    public RoutingRules RoutingRules { get; init; } = RoutingRules.None;

    /// <summary>Gets the number of scans by people.</summary>
    public long ScanCount { get; init; }

    /// <summary>Gets the time of the last scan.</summary>
    public DateTimeOffset? LastScanAt { get; init; }

    /// <summary>Gets the last changes.</summary>
    public LinkHistory History { get; init; } = LinkHistory.None;

    /// <summary>Gets the scans by people on each of the last days.</summary>
    public RecentScans RecentScans { get; init; } = RecentScans.None;

    /// <summary>Gets whether the QR code was ever rendered.</summary>
    public bool QrRendered { get; init; }

    /// <summary>Gets the version, which changes with the link but not with scans.</summary>
    public required string Version { get; init; }

    /// <summary>Returns the link enabled or disabled, or this link if it has that state.</summary>
    public Link SetEnabled(bool enabled, DateTimeOffset now) =>
        enabled == Enabled ? this : this with { Enabled = enabled, UpdatedAt = now, Version = ResourceVersion.New() };
}

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
    /// <summary>Where it leads some visitors instead.</summary>
    public RoutingRules RoutingRules { get; init; } = RoutingRules.None;

    /// <summary>How often people followed it.</summary>
    public long ScanCount { get; init; }

    public DateTimeOffset? LastScanAt { get; init; }

    /// <summary>Whether its QR code was ever rendered.</summary>
    public bool QrRendered { get; init; }

    /// <summary>Another with each change of the link; scans don't change it.</summary>
    public required string Version { get; init; }

    public Link SwitchTo(bool enabled, DateTimeOffset now) =>
        enabled == Enabled ? this : this with { Enabled = enabled, UpdatedAt = now, Version = ResourceVersion.New() };
}

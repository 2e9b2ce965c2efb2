using XQr.Api.Analytics.Visitors;

namespace XQr.Api.Analytics;

/// <summary>Represents a scan that is not stored yet.</summary>
/// <param name="Scan">The scan, without its visitor.</param>
/// <param name="Traits">The traits of the visitor; null if they are unknown or must not be recorded.</param>
internal sealed record Visit(Scan Scan, VisitorTraits? Traits);

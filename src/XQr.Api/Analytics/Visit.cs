using XQr.Api.Analytics.Visitors;

namespace XQr.Api.Analytics;

/// <summary>A scan that is still to be stored.</summary>
/// <param name="Scan">The scan, without its visitor.</param>
/// <param name="Traits">Who it was; null where it is unknown or isn't to be known.</param>
internal sealed record Visit(Scan Scan, VisitorTraits? Traits);

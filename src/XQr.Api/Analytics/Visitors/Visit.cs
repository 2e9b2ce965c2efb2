using XQr.Api.Analytics.Scans;

namespace XQr.Api.Analytics.Visitors;

/// <summary>Represents a scan that is not stored yet.</summary>
/// <param name="Scan">The scan, without its visitor.</param>
/// <param name="Traits">The traits of the visitor; null if they are unknown or must not be recorded.</param>
internal sealed record Visit(Scan Scan, VisitorTraits? Traits)
{
    private const int TraitsBytes = 150;

    /// <summary>Estimates the bytes of the visit in memory, with those of the scan that is made of it.</summary>
    public long EstimateBytes() =>
        (2 * Scan.EstimateBytes()) + (Traits is null ? 0 : TraitsBytes + (sizeof(char) * Traits.UserAgent.Length));
}

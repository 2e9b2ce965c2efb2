using XQr.Api.Primitives;

namespace XQr.Api.Analytics.Scans;

/// <summary>A visit of a link, by a person or by a bot. Scans of bots are counted separately.</summary>
/// <param name="LinkId">The id of the link.</param>
/// <param name="At">The time, to the millisecond.</param>
/// <param name="Country">The ISO 3166-1 alpha-2 code; <c>ZZ</c> if unknown.</param>
/// <param name="Device"><c>desktop</c>, <c>mobile</c> or <c>tablet</c>.</param>
/// <param name="Browser">The family of the browser.</param>
/// <param name="Os">The family of the operating system.</param>
/// <param name="Referrer">The host of the referring page; <c>direct</c> if the browser sent none.</param>
/// <param name="Visitor">The visitor number, which distinguishes the visitors of a UTC day; 0 for none.</param>
/// <param name="IsBot">True if the visitor is a program.</param>
internal sealed record Scan(
    Guid LinkId, DateTimeOffset At, string Country, string Device, string Browser, string Os, string Referrer, ulong Visitor = 0, bool IsBot = false)
{
    /// <summary>The bytes of a scan in memory. Its texts are shared with others, except the referrer.</summary>
    private const int BaseBytes = 150;

    /// <summary>The code of an unknown country.</summary>
    public const string UnknownCountry = CountryCodes.Unknown;

    /// <summary>The referrer of visits without one.</summary>
    public const string Direct = "direct";

    /// <summary>Estimates the bytes of the scan in memory.</summary>
    public long EstimateBytes() => BaseBytes + (sizeof(char) * Referrer.Length);
}

namespace XQr.Api.Analytics;

/// <summary>Somebody followed a link: a person, whose scan counts, or a bot, whose scan is kept apart.</summary>
/// <param name="LinkId">The id of the link.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Country">The ISO 3166-1 alpha-2 code; <c>ZZ</c> if unknown.</param>
/// <param name="Device"><c>desktop</c>, <c>mobile</c> or <c>tablet</c>.</param>
/// <param name="Browser">The browser's family.</param>
/// <param name="Os">The operating system's family.</param>
/// <param name="Referrer">The host that the visitor came from; <c>direct</c> where none was told.</param>
/// <param name="Visitor">Tells the visitors of a UTC day apart, and nothing else about them; 0 where it isn't to be known.</param>
/// <param name="IsBot">Whether a program followed the link.</param>
internal sealed record Scan(
    Guid LinkId, DateTimeOffset At, string Country, string Device, string Browser, string Os, string Referrer, ulong Visitor = 0, bool IsBot = false)
{
    public const string UnknownCountry = CountryCodes.Unknown;
    public const string Direct = "direct";
}

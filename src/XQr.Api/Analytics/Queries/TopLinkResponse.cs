using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>A link and its scans.</summary>
/// <param name="LinkId">The id of the link.</param>
/// <param name="ShortCode">The last part of the short URL.</param>
/// <param name="Destination">The current destination.</param>
/// <param name="Scans">The scans in the period.</param>
internal sealed record TopLinkResponse(Guid LinkId, string ShortCode, string Destination, long Scans) : IExample<TopLinkResponse>
{
    public static TopLinkResponse Example { get; } =
        new(new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"), "summer-sale", "https://example.com/summer-sale", 1204);
}

using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The links with the most scans.</summary>
/// <param name="Links">The links, at most <paramref name="Limit"/>.</param>
/// <param name="Limit">The maximum number of links.</param>
/// <param name="Total">The number of links with a scan in the period.</param>
internal sealed record TopLinks(IReadOnlyList<TopLinkResponse> Links, int Limit, int Total);

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

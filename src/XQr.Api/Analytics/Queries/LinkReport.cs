using XQr.Api.Links;

namespace XQr.Api.Analytics.Queries;

/// <summary>A link with its statistics.</summary>
/// <param name="Link">The link.</param>
/// <param name="Totals">The scans in the period.</param>
/// <param name="Daily">The scans of each of the last 30 days, regardless of the period.</param>
internal sealed record LinkReport(Link Link, StatisticsTotals Totals, IReadOnlyList<DailyScans> Daily);

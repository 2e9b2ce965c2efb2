using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The scans over time.</summary>
/// <param name="Interval">The time that one point covers.</param>
/// <param name="Points">The points in order, including those without scans.</param>
internal sealed record TimeseriesResponse(Interval Interval, IReadOnlyList<TimeseriesPoint> Points) : IExample<TimeseriesResponse>
{
    public static TimeseriesResponse Example { get; } =
        new(Interval.Day, [new("2026-03-01", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), 412, 357)]);
}

/// <summary>The scans of one hour, day, week or month.</summary>
/// <param name="Date">
/// The day, or for a week its Monday and for a month its first day, even before the requested days. For an hour its time:
/// <c>2026-03-01T14:00:00Z</c>, or with <c>tz</c> the local time <c>2026-03-01T15:00:00+01:00</c>.
/// </param>
/// <param name="Timestamp">The start of the point.</param>
/// <param name="Scans">The number of scans.</param>
/// <param name="UniqueVisitors">The sum of the visitors of each day, or the visitors of the hour.</param>
internal sealed record TimeseriesPoint(string Date, DateTimeOffset Timestamp, long Scans, long UniqueVisitors);

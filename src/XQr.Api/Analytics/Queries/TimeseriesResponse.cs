using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>Scans over time.</summary>
/// <param name="Interval">What one point stands for.</param>
/// <param name="Points">In order, those without a scan included.</param>
internal sealed record TimeseriesResponse(Interval Interval, IReadOnlyList<TimeseriesPoint> Points) : IExample<TimeseriesResponse>
{
    public static TimeseriesResponse Example { get; } =
        new(Interval.Day, [new("2026-03-01", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), 412, 357)]);
}

/// <summary>Scans of an hour, day, week or month.</summary>
/// <param name="Date">
/// The day; of a week its Monday, of a month its first, also where the days asked for begin later; of an hour its time:
/// <c>2026-03-01T14:00:00Z</c>, with <c>tz</c> the local one, <c>2026-03-01T15:00:00+01:00</c>.
/// </param>
/// <param name="Timestamp">When it begins.</param>
/// <param name="Scans">How many scans.</param>
/// <param name="UniqueVisitors">How many visitors: those of each day, added up; of an hour, those of the hour.</param>
internal sealed record TimeseriesPoint(string Date, DateTimeOffset Timestamp, long Scans, long UniqueVisitors);

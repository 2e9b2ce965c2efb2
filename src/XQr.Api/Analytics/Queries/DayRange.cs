using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>Represents a range of days, including the first and the last.</summary>
internal readonly record struct DayRange(DateOnly From, DateOnly To)
{
    /// <summary>The earliest day that a request can contain. No scan is older.</summary>
    public static readonly DateOnly Earliest = DayParameter.Earliest;

    /// <summary>The latest day that a request can contain.</summary>
    public static readonly DateOnly Latest = DayParameter.Latest;

    /// <summary>Gets the number of days.</summary>
    public int Count => To.DayNumber - From.DayNumber + 1;

    /// <summary>Gets the days.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Count).Select(From.AddDays);

    /// <summary>Gets the same number of days right before this range.</summary>
    public DayRange Before => Ending(From.AddDays(-1), Count);

    /// <summary>Returns a number of days that end with <paramref name="last"/>.</summary>
    public static DayRange Ending(DateOnly last, int count) => new(last.AddDays(1 - count), last);
}

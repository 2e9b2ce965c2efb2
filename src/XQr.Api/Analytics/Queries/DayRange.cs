namespace XQr.Api.Analytics.Queries;

/// <summary>Days, the first and the last of them included.</summary>
internal readonly record struct DayRange(DateOnly From, DateOnly To)
{
    /// <summary>The first day that can be asked for: no scan is older.</summary>
    public static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>The last day that can be asked for.</summary>
    public static readonly DateOnly Latest = new(2999, 12, 31);

    public int Count => To.DayNumber - From.DayNumber + 1;

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Count).Select(From.AddDays);

    /// <summary>As many days, right before these.</summary>
    public DayRange Before => Ending(From.AddDays(-1), Count);

    /// <summary>A number of days up to and with <paramref name="last"/>.</summary>
    public static DayRange Ending(DateOnly last, int count) => new(last.AddDays(1 - count), last);
}

namespace XQr.Api.Work;

/// <summary>Work that is requested from time to time by itself.</summary>
/// <param name="Work">The name of the work.</param>
/// <param name="Every">The interval.</param>
/// <param name="Subjects">The subjects, a message each.</param>
internal sealed record ScheduledWork(string Work, TimeSpan Every, IReadOnlyList<string> Subjects)
{
    /// <summary>The time by which work may be requested early, because a timer may fire a little early.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <summary>Initializes a new instance of the <see cref="ScheduledWork"/> class with one message.</summary>
    public ScheduledWork(string work, TimeSpan every)
        : this(work, every, [""])
    {
    }

    /// <summary>Gets the time of the clock (UTC) from which each interval counts; null if the last request counts.</summary>
    public TimeSpan? StartsAt { get; init; }

    /// <summary>Returns whether the work is due.</summary>
    /// <param name="last">The time of the last request.</param>
    /// <param name="now">The current time.</param>
    public bool IsDue(DateTimeOffset last, DateTimeOffset now) =>
        StartsAt is { } start ? Interval(now, start) > Interval(last, start) : now - last > Every - Tolerance;

    private long Interval(DateTimeOffset at, TimeSpan start) => (at.UtcTicks - start.Ticks) / Every.Ticks;
}

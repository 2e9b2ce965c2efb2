namespace XQr.Api.Work;

/// <summary>The time of one message. The functionTimeout of host.json leaves room for it.</summary>
internal sealed class WorkBudget(TimeProvider time)
{
    /// <summary>The time after which a handler stops between two steps.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    /// <summary>The time after which the work is cancelled.</summary>
    public static readonly TimeSpan HardLimit = TimeSpan.FromSeconds(60);

    private readonly long start = time.GetTimestamp();

    /// <summary>Gets a value indicating whether the time is used up.</summary>
    public bool IsUsedUp => time.GetElapsedTime(start) >= Limit;
}

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// The tokens of a counter that an instance has leased, in memory. They belong to a period and are spent only during that period.
/// </summary>
/// <param name="periodOf">The period of a time; larger is later.</param>
/// <param name="time">The clock.</param>
/// <param name="idleTime">The time after which instances return unspent tokens.</param>
internal sealed class LeasedTokens(Func<DateTimeOffset, long> periodOf, TimeProvider time, TimeSpan idleTime)
{
    /// <summary>The time for which a used-up counter is not read again within its period.</summary>
    private static readonly TimeSpan ExhaustedTtl = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private int unspent;
    private int idleCalls;
    private long readAt;
    private int heldByOthers;
    private string? version;
    private long versionAt;

    /// <summary>Gets the period by this instance's clock.</summary>
    public long Now => periodOf(time.GetUtcNow());

    /// <summary>Gets the period of the tokens.</summary>
    public long Period { get; private set; }

    /// <summary>Gets the tokens of the period that all instances have taken, as known to this instance.</summary>
    public int Taken { get; private set; }

    /// <summary>Spends a token. Returns null if there is none and the counter must be read.</summary>
    public LeaseResult? TrySpend(int? limit)
    {
        lock (gate)
        {
            if (!Holds(Now))
            {
                return null;
            }

            // Tokens that were leased under a larger limit do not exceed the current limit.
            if (unspent > 0 && Taken - unspent >= limit)
            {
                return new(false, Period, 0);
            }

            if (unspent > 0)
            {
                unspent--;
                idleCalls = 0;
                return new(true, Period, Remaining(limit));
            }

            if (!(Taken >= limit))
            {
                return null;
            }

            // An idle instance returns its tokens within twice the idle time. Later they are spent, or their instance has died.
            var isHeld = heldByOthers > 0 && time.GetElapsedTime(versionAt) < 3 * idleTime;
            var ttl = isHeld && idleTime < ExhaustedTtl ? idleTime : ExhaustedTtl;
            return time.GetElapsedTime(readAt) < ttl ? new(false, Period, 0) { IsHeldByOthers = isHeld } : null;
        }
    }

    /// <summary>Returns the remaining tokens of the current period. Spends no token.</summary>
    public LeaseResult Peek(int? limit)
    {
        lock (gate)
        {
            var now = Now;
            return Holds(now) ? new(false, Period, Remaining(limit)) : new(false, now, limit ?? int.MaxValue);
        }
    }

    /// <summary>Returns the unspent tokens of a period.</summary>
    public int UnspentOf(long period)
    {
        lock (gate)
        {
            return Period == period ? unspent : 0;
        }
    }

    /// <summary>Takes back a token that was spent but not used.</summary>
    public void GiveBack(LeaseResult lease)
    {
        lock (gate)
        {
            unspent += lease.Period == Period ? 1 : 0;
        }
    }

    /// <summary>Returns whether there are unspent tokens of the current period and none was spent in so many intervals between calls.</summary>
    public bool IsIdle(int calls)
    {
        lock (gate)
        {
            return idleCalls++ >= calls && unspent > 0 && Holds(Now);
        }
    }

    /// <summary>Updates the tokens with a counter that was read.</summary>
    /// <param name="count">The counter.</param>
    /// <param name="isSame">True if the unspent tokens were leased from this counter.</param>
    /// <param name="held">The tokens that this instance holds according to the counter.</param>
    public void Adopt(RateCount count, bool isSame, int held)
    {
        lock (gate)
        {
            // Tokens of another period cannot be spent in this one.
            unspent = isSame && count.Period == Period ? unspent : 0;
            (Period, Taken, readAt, heldByOthers) = (count.Period, count.Taken, time.GetTimestamp(), count.Held - held);
            if (version != count.Version)
            {
                (version, versionAt) = (count.Version, readAt);
            }
        }
    }

    /// <summary>Replaces the rest of the previous lease with a new one.</summary>
    public void Add(long period, int taken, int lease)
    {
        lock (gate)
        {
            (Period, Taken, unspent) = (period, taken, lease);
        }
    }

    /// <summary>Takes back tokens that were removed and not returned to the counter.</summary>
    public void PutBack(long period, int removed)
    {
        lock (gate)
        {
            unspent += period == Period ? removed : 0;
        }
    }

    /// <summary>Removes and returns all unspent tokens.</summary>
    public int TakeOut()
    {
        lock (gate)
        {
            (var all, unspent) = (unspent, 0);
            return all;
        }
    }

    /// <summary>
    /// Returns whether the period of the tokens is current. If an instance whose clock is slightly ahead has started the next period, that one
    /// is current, because a counter never goes back.
    /// </summary>
    private bool Holds(long now) => Period >= now && !CounterRows.IsAhead(Period, now);

    private int Remaining(int? limit) => limit is { } most ? Math.Max(0, most - Taken + unspent) : int.MaxValue;
}

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// The tokens that an instance has leased of a counter, in memory. They belong to a period, and are spent only while the clock says that
/// it goes on.
/// </summary>
/// <param name="periodOf">The period of a time; larger is later.</param>
/// <param name="time">The clock.</param>
internal sealed class LeasedTokens(Func<DateTimeOffset, long> periodOf, TimeProvider time)
{
    /// <summary>How long a counter that is used up is believed to stay so, within its period.</summary>
    private static readonly TimeSpan ExhaustedTtl = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private int unspent;
    private bool isUsed;
    private long readAt;

    /// <summary>Gets the period by this instance's clock.</summary>
    public long Now => periodOf(time.GetUtcNow());

    /// <summary>Gets the period of the tokens.</summary>
    public long Period { get; private set; }

    /// <summary>Gets the tokens of the period that all instances have taken, as far as this one knows.</summary>
    public int Taken { get; private set; }

    /// <summary>Spends a token. Null where there is none to spend and the counter must be asked.</summary>
    public LeaseResult? TrySpend(int? limit)
    {
        lock (gate)
        {
            if (!Holds(Now))
            {
                return null;
            }

            // What was leased under a larger limit is not spent over the present one.
            if (unspent > 0 && Taken - unspent >= limit)
            {
                return new(false, Period, 0);
            }

            if (unspent > 0)
            {
                unspent--;
                isUsed = true;
                return new(true, Period, Remaining(limit));
            }

            return Taken >= limit && time.GetElapsedTime(readAt) < ExhaustedTtl ? new(false, Period, 0) : null;
        }
    }

    /// <summary>Returns what is left of the present period, and spends nothing.</summary>
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

    /// <summary>Takes a token back that was spent and not used.</summary>
    public void GiveBack(LeaseResult lease)
    {
        lock (gate)
        {
            unspent += lease.Period == Period ? 1 : 0;
        }
    }

    /// <summary>Returns whether there are unspent tokens, of which none was spent since this was asked before.</summary>
    public bool IsIdle()
    {
        lock (gate)
        {
            var isIdle = !isUsed && unspent > 0;
            isUsed = false;
            return isIdle;
        }
    }

    /// <summary>Takes over what was read of a counter.</summary>
    /// <param name="count">The counter.</param>
    /// <param name="isSame">Whether it is the counter that the unspent tokens were leased of.</param>
    public void Adopt(RateCount count, bool isSame)
    {
        lock (gate)
        {
            // Tokens of another period are not of this one.
            unspent = isSame && count.Period == Period ? unspent : 0;
            (Period, Taken, readAt) = (count.Period, count.Taken, time.GetTimestamp());
        }
    }

    /// <summary>Adds a lease to spend from, in place of what was left of the one before.</summary>
    public void Add(long period, int taken, int lease)
    {
        lock (gate)
        {
            (Period, Taken, unspent) = (period, taken, lease);
        }
    }

    /// <summary>Takes all unspent tokens out: from here on nobody spends them.</summary>
    public int TakeOut()
    {
        lock (gate)
        {
            (var all, unspent) = (unspent, 0);
            return all;
        }
    }

    /// <summary>
    /// Whether the period of the tokens goes on. An instance whose clock is a little ahead may have begun the next period already: then
    /// that one counts, for a counter never goes back.
    /// </summary>
    private bool Holds(long now) => Period >= now && !CounterRows.IsAhead(Period, now);

    private int Remaining(int? limit) => limit is { } most ? Math.Max(0, most - Taken + unspent) : int.MaxValue;
}

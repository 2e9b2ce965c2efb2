namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Calculates the size of the leases of an instance. While no other instance writes the counter, leases start with an eightieth of the limit
/// of a minute and double. Otherwise they start with one token, at most double, last for half a minute at the instance's recent rate, and
/// take at most half of its share of the remaining tokens. The share is the instance's part of the tokens that were taken recently. So few
/// tokens wait in instances when the counter is used up, however many instances there are.
/// </summary>
/// <param name="fraction">The largest lease, as a fraction of the limit: 20 for a twentieth.</param>
/// <param name="idleTime">The time after which unspent tokens are returned. A shared lease lasts fifteen times as long.</param>
/// <param name="time">The clock.</param>
internal sealed class LeaseSize(int fraction, TimeSpan idleTime, TimeProvider time)
{
    private const int WithoutLimit = 100;
    private const int IdleTimes = 15;

    /// <summary>The time without a request that is not unusual, in mean times between two requests.</summary>
    private const int UsualGaps = 3;
    private const int MaxIdleCalls = 5;

    /// <summary>The tokens of this instance from which older observations count half.</summary>
    private const int ObservedTokens = 16;

    private int last;
    private double own;
    private double others;
    private TimeSpan observed;
    private RateCount written;
    private long writtenAt;

    /// <summary>Gets the size of the first lease while no other instance writes the counter.</summary>
    public int First { get; private set; }

    /// <summary>Gets the number of idle times after which unspent tokens are spare: more than one if requests usually come rarely.</summary>
    public int IdleCalls { get; private set; } = 1;

    /// <summary>Returns the size of the next lease; 0 if no tokens remain.</summary>
    /// <param name="limit">The tokens of a period; null for no limit.</param>
    /// <param name="taken">The tokens of the period that are taken.</param>
    /// <param name="waiting">The requests that wait for a token.</param>
    /// <param name="isShared">True if other instances write the counter.</param>
    /// <param name="read">The counter before the lease.</param>
    public int Next(int? limit, int taken, int waiting, bool isShared, RateCount read)
    {
        if (limit is not { } most)
        {
            return Math.Max(WithoutLimit, waiting);
        }

        var left = Math.Max(0, most - taken);
        var largest = Math.Max(1, most / fraction);
        First = Math.Max(1, largest / 4);
        var wished = isShared ? Math.Min(AtRecentRate(), (int)(ShareOf(read) * left / 2))
            : Math.Min(taken == 0 ? First : Math.Max(First, last * 2), (left + 1) / 2);
        return Math.Min(left, Math.Max(waiting, Math.Min(wished, largest)));
    }

    /// <summary>Records a lease.</summary>
    public void AddLease(int lease, RateCount read, RateCount now)
    {
        Observe(last, read, now);
        last = lease;
    }

    /// <summary>Records a return of unspent tokens.</summary>
    public void AddReturn(int returned, RateCount read, RateCount now)
    {
        Observe(Math.Max(0, last - returned), read, now);
        last = 0;
    }

    private void Observe(int spent, RateCount read, RateCount now)
    {
        observed += written.Version is null ? TimeSpan.Zero : time.GetElapsedTime(writtenAt);
        (own, others) = (own + spent, others + TakenByOthers(read));
        (written, writtenAt) = (now, time.GetTimestamp());
        IdleCalls = own > 0 ? (int)Math.Clamp(Math.Ceiling(UsualGaps / own * (observed / idleTime)), 1, MaxIdleCalls) : 1;
        if (own > ObservedTokens)
        {
            (own, others, observed) = (own / 2, others / 2, observed / 2);
        }
    }

    /// <summary>Returns the tokens that other instances have taken since the last write of this instance.</summary>
    private int TakenByOthers(RateCount read) => written.Version is null ? 0
        : read.Period == written.Period ? Math.Max(0, read.Taken - written.Taken)
        : read.Taken;

    /// <summary>Returns the part of the recently taken tokens that this instance has taken.</summary>
    private double ShareOf(RateCount read)
    {
        var mine = own + last;
        return mine > 0 ? mine / (mine + others + TakenByOthers(read)) : 1;
    }

    private int AtRecentRate()
    {
        if (last == 0)
        {
            return 1;
        }

        var elapsed = time.GetElapsedTime(writtenAt);
        var inIdleTime = Math.Max(last * (idleTime / elapsed), (own + last) * (idleTime / (observed + elapsed)));
        return (int)Math.Min(last * 2.0, inIdleTime * IdleTimes);
    }
}

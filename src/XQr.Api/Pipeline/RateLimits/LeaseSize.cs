namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Calculates the size of the leases of an instance. Leases start with one token and at most double. They last for some seconds at the
/// instance's recent rate, and take at most half of its share of the remaining tokens. The share is the instance's part of the tokens that
/// were taken recently. So few tokens wait in instances when the counter is used up, however many instances there are.
/// </summary>
/// <param name="fraction">The largest lease, as a fraction of the limit: 20 for a twentieth.</param>
/// <param name="idleTime">The time after which unspent tokens are returned. A lease lasts five times as long.</param>
/// <param name="time">The clock.</param>
internal sealed class LeaseSize(int fraction, TimeSpan idleTime, TimeProvider time)
{
    private const int WithoutLimit = 100;
    private const int IdleTimes = 5;

    /// <summary>The tokens of this instance from which older observations count half.</summary>
    private const int ObservedTokens = 16;

    private int last;
    private double own;
    private double others;
    private TimeSpan observed;
    private RateCount written;
    private long writtenAt;

    /// <summary>Returns the size of the next lease; 0 if no tokens remain.</summary>
    /// <param name="limit">The tokens of a period; null for no limit.</param>
    /// <param name="taken">The tokens of the period that are taken.</param>
    /// <param name="waiting">The requests that wait for a token.</param>
    /// <param name="read">The counter before the lease.</param>
    public int Next(int? limit, int taken, int waiting, RateCount read)
    {
        if (limit is not { } most)
        {
            return Math.Max(WithoutLimit, waiting);
        }

        var left = Math.Max(0, most - taken);
        var wished = Math.Min(AtRecentRate(), most / fraction);
        var mine = own + last;
        var share = mine > 0 ? mine / (mine + others + TakenByOthers(read)) : 1;
        return Math.Min(left, Math.Max(waiting, Math.Min(wished, (int)(share * left / 2))));
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
        if (own > ObservedTokens)
        {
            (own, others, observed) = (own / 2, others / 2, observed / 2);
        }
    }

    /// <summary>Returns the tokens that other instances have taken since the last write of this instance.</summary>
    private int TakenByOthers(RateCount read) => written.Version is null ? 0
        : read.Period == written.Period ? Math.Max(0, read.Taken - written.Taken)
        : read.Taken;

    /// <summary>Returns 1 if the instance is often idle between two requests, because idle instances return their tokens.</summary>
    private int AtRecentRate()
    {
        if (last == 0)
        {
            return 1;
        }

        var elapsed = time.GetElapsedTime(writtenAt);
        var inIdleTime = Math.Max(last * (idleTime / elapsed), (own + last) * (idleTime / (observed + elapsed)));
        return inIdleTime < 0.5 ? 1 : (int)Math.Min(last * 2.0, inIdleTime * IdleTimes);
    }
}

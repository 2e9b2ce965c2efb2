namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// A token bucket that refills evenly, and holds the tokens of one period. Unlike the one of <see cref="System.Threading.RateLimiting"/>,
/// it uses the application's clock, and the rate may change with the plan.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="period">The time in which an empty bucket becomes full.</param>
internal sealed class TokenBucket(TimeProvider time, TimeSpan period)
{
    private readonly Lock gate = new();
    private double tokens = double.MaxValue;
    private long refilledAt = time.GetTimestamp();

    /// <summary>Returns the number of whole tokens.</summary>
    public int Peek(int rate)
    {
        lock (gate)
        {
            return (int)Refill(rate);
        }
    }

    /// <summary>Takes a token.</summary>
    /// <param name="rate">The tokens of a period, which is also the capacity.</param>
    /// <param name="remaining">The remaining whole tokens.</param>
    /// <returns>False if there is no token.</returns>
    public bool TryTake(int rate, out int remaining)
    {
        lock (gate)
        {
            var taken = Refill(rate) >= 1;
            tokens -= taken ? 1 : 0;
            remaining = (int)tokens;
            return taken;
        }
    }

    /// <summary>Returns a token to the bucket.</summary>
    public void GiveBack()
    {
        lock (gate)
        {
            tokens++;
        }
    }

    /// <summary>Returns the time until there is a token.</summary>
    public TimeSpan UntilNext(int rate)
    {
        lock (gate)
        {
            return Math.Max(0, 1 - Refill(rate)) / rate * period;
        }
    }

    private double Refill(int rate)
    {
        var now = time.GetTimestamp();
        tokens = Math.Min(rate, tokens + (time.GetElapsedTime(refilledAt, now) / period * rate));
        refilledAt = now;
        return tokens;
    }
}

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// A bucket of tokens that refills evenly: holds as many as it gains in a time. <see cref="System.Threading.RateLimiting"/>'s own
/// refills in steps of its own clock; this one takes the application's clock, and a plan's rate may change under it.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="period">In which time an empty bucket gets full.</param>
internal sealed class TokenBucket(TimeProvider time, TimeSpan period)
{
    private readonly Lock gate = new();
    private double tokens = double.MaxValue;
    private long refilledAt = time.GetTimestamp();

    /// <summary>How many whole tokens there are.</summary>
    public int Peek(int rate)
    {
        lock (gate)
        {
            return (int)Refill(rate);
        }
    }

    /// <summary>Takes a token.</summary>
    /// <param name="rate">Tokens of a period, and the capacity.</param>
    /// <param name="remaining">Whole tokens that are left.</param>
    /// <returns>False where there is none.</returns>
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

    /// <summary>Gives a token back.</summary>
    public void GiveBack()
    {
        lock (gate)
        {
            tokens++;
        }
    }

    /// <summary>How long it is until there is a token.</summary>
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

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// A bucket of tokens that refills evenly: holds as many as it gains in a second. <see cref="System.Threading.RateLimiting"/>'s own
/// refills in steps of its own clock; this one takes the application's clock, and a plan's rate may change under it.
/// </summary>
internal sealed class TokenBucket(TimeProvider time)
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
    /// <param name="rate">Tokens a second, and the capacity.</param>
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

    private double Refill(int rate)
    {
        var now = time.GetTimestamp();
        tokens = Math.Min(rate, tokens + (time.GetElapsedTime(refilledAt, now).TotalSeconds * rate));
        refilledAt = now;
        return tokens;
    }
}

using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>Returns unspent tokens to the counter.</summary>
internal sealed partial class LeasedCounter
{
    private const int MaxReturnAttempts = 20;

    /// <summary>Returns whether there are unspent tokens of the current period.</summary>
    public bool HasUnspent() => tokens.IsIdle(calls: 0);

    /// <summary>Returns whether there are unspent tokens of the current period and none was spent since the previous call.</summary>
    public bool IsIdle() => tokens.IsIdle(calls: 1);

    /// <summary>
    /// Returns whether other instances may need the unspent tokens of this one. None was spent since the previous call, or since some more
    /// calls if requests usually come that rarely. The tokens of a small first lease stay, unless another instance writes the counter.
    /// </summary>
    public bool IsSpare() => tokens.IsIdle(size.IdleCalls) && (others.AreActive || tokens.UnspentOf(tokens.Period) > size.First);

    /// <summary>Gives the tokens back that were leased and not spent.</summary>
    public async Task ReturnAsync(CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; attempt <= MaxReturnAttempts && !await TryReturnAsync(cancellationToken); attempt++)
            {
                await time.PauseAsync(attempt, cancellationToken);
            }
        }
        finally
        {
            leasing.Release();
        }
    }

    /// <summary>Writes the counter conditionally, after a read if the row is not known. Returns false after a concurrent write.</summary>
    private async Task<bool> TryReturnAsync(CancellationToken cancellationToken)
    {
        var period = tokens.Period;
        if (tokens.UnspentOf(period) == 0)
        {
            return true;
        }

        var read = known ?? await store.FindAsync(owner, rows.NameOf(row), cancellationToken);
        others.AddRead(read);
        known = null;
        if (read.Period != period)
        {
            tokens.TakeOut();
            return true;
        }

        // If storage fails from here on, the tokens are not returned: rather unused than spent twice.
        var returned = tokens.TakeOut();
        var next = read with { Taken = read.Taken - returned, Held = Math.Max(0, read.Held - held), At = time.GetUtcNow() };
        var (isWritten, count) = await store.TrySetAsync(owner, rows.NameOf(row), read, next, cancellationToken);
        known = count;
        if (isWritten)
        {
            size.AddReturn(returned, read, count);
            Remember(count, newlyHeld: 0);
        }

        tokens.Adopt(count, isSame: true, held);
        if (!isWritten)
        {
            others.AddRead(count);
            tokens.PutBack(period, returned);
        }

        return isWritten;
    }
}

using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Counts the requests of a period exactly over all instances, for a fraction of a storage call each. An instance takes some tokens in
/// advance with one conditional write (a lease) and spends them from memory (<see cref="LeasedTokens"/>). So the limit is never exceeded.
/// Other instances cannot use unspent tokens until they are returned, or for the whole period if the process dies. So leases are small
/// (<see cref="LeaseSize"/>).
/// </summary>
/// <param name="store">The counters.</param>
/// <param name="owner">The id of the key or workspace.</param>
/// <param name="name">The name of the counter.</param>
/// <param name="share">The largest lease, as a fraction of the limit: 20 for a twentieth.</param>
/// <param name="periodOf">The period of a time; larger is later.</param>
/// <param name="time">The clock.</param>
internal sealed class LeasedCounter(
    RateCounterStore store, string owner, string name, int share, Func<DateTimeOffset, long> periodOf, TimeProvider time) : IDisposable
{
    private const int MaxReturnAttempts = 20;

    private readonly SemaphoreSlim leasing = new(1);
    private readonly LeasedTokens tokens = new(periodOf, time);
    private readonly CounterRows rows = new(name);
    private RateCount? known;
    private int row;
    private int lastLease;

    /// <summary>Takes a token of the current period, which may be a later one than at the time of the call.</summary>
    /// <param name="limit">The tokens of a period; null for no limit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async ValueTask<LeaseResult> TryTakeAsync(int? limit, CancellationToken cancellationToken)
    {
        if (tokens.TrySpend(limit) is { } quick)
        {
            return quick;
        }

        return await LeaseAsync(limit, cancellationToken);
    }

    /// <summary>Returns whether the period of a token has ended.</summary>
    public bool IsOver(LeaseResult result) => tokens.Now > result.Period;

    /// <summary>Returns an unused token.</summary>
    public void GiveBack(LeaseResult result) => tokens.GiveBack(result);

    /// <summary>Returns the remaining tokens of the current period that this instance knows. Takes no token.</summary>
    public LeaseResult Peek(int? limit) => tokens.Peek(limit);

    /// <summary>Returns the number of taken tokens of a period, without the unspent ones of this instance. One transaction.</summary>
    public async Task<int> CountAsync(long wanted, CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            var counted = rows.For(wanted);
            var count = await store.FindAsync(owner, rows.NameOf(counted), cancellationToken);
            return count.Period != wanted ? 0 : count.Taken - (row == counted ? tokens.UnspentOf(wanted) : 0);
        }
        finally
        {
            leasing.Release();
        }
    }

    /// <summary>Gives back what was leased, where nothing was spent since the last time this was asked.</summary>
    public Task ReturnIfIdleAsync(CancellationToken cancellationToken) => tokens.IsIdle() ? ReturnAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Gives the tokens back that were leased and not spent.</summary>
    public async Task ReturnAsync(CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            // Where storage fails from here on they stay so: rather stranded than spent twice.
            var (period, returned, isWritten) = (tokens.Period, tokens.TakeOut(), false);
            for (var attempt = 1; attempt <= MaxReturnAttempts && returned > 0 && !isWritten; attempt++)
            {
                var read = known ?? await store.FindAsync(owner, rows.NameOf(row), cancellationToken);
                (known, lastLease) = (null, 0);
                if (read.Period != period)
                {
                    return;
                }

                (isWritten, var count) = await store.TrySetAsync(owner, rows.NameOf(row), read, period, read.Taken - returned, cancellationToken);
                known = count;
                tokens.Adopt(count, isSame: true);
            }
        }
        finally
        {
            leasing.Release();
        }
    }

    public void Dispose() => leasing.Dispose();

    private async Task<LeaseResult> LeaseAsync(int? limit, CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            return await time.RetryAsync($"the counter {name} of {owner}", TryAsync, cancellationToken);
        }
        finally
        {
            leasing.Release();
        }

        async Task<LeaseResult?> TryAsync()
        {
            do
            {
                if (tokens.TrySpend(limit) is { } result)
                {
                    return result;
                }
            }
            while (await TryLeaseAsync(limit, cancellationToken));

            return null;
        }
    }

    /// <summary>Writes the counter conditionally, after a read if the row is not known. Returns false after a concurrent write.</summary>
    private async Task<bool> TryLeaseAsync(int? limit, CancellationToken cancellationToken)
    {
        var now = tokens.Now;
        if (CounterRows.IsAhead(tokens.Period, now))
        {
            // The clock of this instance was set back.
            rows.Suits(row, tokens.Period, now);
            known = null;
        }

        var suiting = rows.For(now);
        if (known is not { } read || row != suiting || (tokens.Taken >= limit && tokens.Period >= now))
        {
            read = await store.FindAsync(owner, rows.NameOf(suiting), cancellationToken);
            if (!TryAdopt(suiting, read, now))
            {
                return true;
            }
        }

        var (period, taken) = now > tokens.Period || CounterRows.IsAhead(tokens.Period, now) ? (now, 0) : (tokens.Period, tokens.Taken);
        var lease = LeaseSize.Next(limit, taken, lastLease, share);
        if (lease == 0)
        {
            tokens.Add(period, taken, 0);
            return true;
        }

        var (isWritten, count) = await store.TrySetAsync(owner, rows.NameOf(suiting), read, period, taken + lease, cancellationToken);
        if (!isWritten)
        {
            TryAdopt(suiting, count, now);
            return false;
        }

        (known, lastLease) = (count, lease);
        tokens.Add(period, taken + lease, lease);
        return true;
    }

    /// <summary>Uses a row that was read. Returns false if the row is of another clock, so that the next row is tried.</summary>
    private bool TryAdopt(int read, RateCount count, long now)
    {
        var suits = rows.Suits(read, count.Period, now);
        known = suits ? count : null;
        if (suits)
        {
            tokens.Adopt(count, isSame: read == row);
            row = read;
        }

        return suits;
    }
}

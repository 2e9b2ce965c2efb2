using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Counts requests in a period, exactly over all instances, for a fraction of a storage call each. An instance takes some tokens
/// ahead by one conditional write (a lease) and spends them from memory. So no more than the limit is ever spent; what an instance
/// took and didn't spend is lost to the others until it is given back, or for the period if its process dies. That is why leases are
/// small (<see cref="LeaseSize"/>).
/// </summary>
/// <param name="store">The counters.</param>
/// <param name="owner">Whose counter it is.</param>
/// <param name="name">Which of its counters.</param>
/// <param name="share">The largest lease, as a fraction of the limit: 20 for a twentieth.</param>
/// <param name="time">The clock for retries.</param>
internal sealed class LeasedCounter(RateCounterStore store, string owner, string name, int share, TimeProvider time) : IDisposable
{
    private const int Attempts = 20;

    /// <summary>How long a counter that is used up is believed to stay so, within its period.</summary>
    private static readonly TimeSpan BelieveUsedUp = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim leasing = new(1);
    private readonly Lock gate = new();
    private RateCount? known;
    private long period;
    private int taken;
    private int unspent;
    private int lastLease;
    private bool isUsed;
    private long readAt;

    /// <summary>Takes a token of a period.</summary>
    /// <param name="wanted">The period by this instance's clock; larger is later.</param>
    /// <param name="limit">The tokens of a period; null for no limit.</param>
    /// <param name="cancellationToken">Ends the wait for storage.</param>
    public async ValueTask<Taking> TryTakeAsync(long wanted, int? limit, CancellationToken cancellationToken)
    {
        if (TrySpend(wanted, limit) is { } quick)
        {
            return quick;
        }

        await leasing.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (TrySpend(wanted, limit) is { } taking)
                {
                    return taking;
                }

                if (!await TryLeaseAsync(wanted, limit, cancellationToken))
                {
                    if (attempt == Attempts)
                    {
                        throw new TimeoutException($"Too many writers of the counter {name}.");
                    }

                    await time.PauseAsync(attempt, 5, cancellationToken);
                }
            }
        }
        finally
        {
            leasing.Release();
        }
    }

    /// <summary>What is left of a period, as far as this instance knows; takes nothing.</summary>
    public Taking Peek(long wanted, int? limit)
    {
        lock (gate)
        {
            return wanted > period ? new(false, wanted, limit ?? int.MaxValue) : new(false, period, Remaining(limit));
        }
    }

    /// <summary>How many tokens of a period were taken and, as far as this instance's leases go, spent. One transaction.</summary>
    public async Task<int> CountAsync(long wanted, CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            var count = await store.FindAsync(owner, name, cancellationToken);
            lock (gate)
            {
                return count.Period != wanted ? 0 : period == wanted ? count.Taken - unspent : count.Taken;
            }
        }
        finally
        {
            leasing.Release();
        }
    }

    /// <summary>Gives back what was leased, where nothing was spent since the last time this was asked.</summary>
    public Task ReturnIfIdleAsync(CancellationToken cancellationToken)
    {
        bool isIdle;
        lock (gate)
        {
            (isIdle, isUsed) = (!isUsed && unspent > 0, false);
        }

        return isIdle ? ReturnAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Gives the tokens back that were leased and not spent.</summary>
    public async Task ReturnAsync(CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; attempt <= Attempts && unspent > 0; attempt++)
            {
                var read = known ?? await store.FindAsync(owner, name, cancellationToken);
                int returned;
                lock (gate)
                {
                    // From here on nobody spends them. Where the answer gets lost they stay so: rather stranded than spent twice.
                    (returned, unspent, lastLease, known) = (unspent, 0, 0, null);
                }

                if (read.Period != period)
                {
                    return;
                }

                var written = await store.TrySetAsync(owner, name, read, period, read.Taken - returned, cancellationToken);
                lock (gate)
                {
                    (known, taken, unspent) = written is { } count ? (written, count.Taken, 0) : (null, taken, returned);
                }
            }
        }
        finally
        {
            leasing.Release();
        }
    }

    public void Dispose() => leasing.Dispose();

    private Taking? TrySpend(long wanted, int? limit)
    {
        lock (gate)
        {
            // An instance whose clock is ahead may have begun the next period already: a period never goes back.
            if (wanted > period)
            {
                return null;
            }

            // What was leased under a larger limit is not spent over the present one.
            if (unspent > 0 && taken - unspent >= limit)
            {
                return new(false, period, 0);
            }

            if (unspent > 0)
            {
                unspent--;
                isUsed = true;
                return new(true, period, Remaining(limit));
            }

            return known is not null && taken >= limit && time.GetElapsedTime(readAt) < BelieveUsedUp ? new(false, period, 0) : null;
        }
    }

    private int Remaining(int? limit) => limit is { } most ? Math.Max(0, most - taken + unspent) : int.MaxValue;

    /// <summary>One conditional write, after a read where the row isn't known. False where somebody else wrote in between.</summary>
    private async Task<bool> TryLeaseAsync(long wanted, int? limit, CancellationToken cancellationToken)
    {
        if (known is not { } read || (taken >= limit && period >= wanted))
        {
            read = await store.FindAsync(owner, name, cancellationToken);
            lock (gate)
            {
                readAt = time.GetTimestamp();
                (known, period, taken) = (read, read.Period, read.Taken);
            }
        }

        var (next, before) = wanted > period ? (wanted, 0) : (period, taken);
        var lease = LeaseSize.Next(limit, before, lastLease, share);
        if (lease == 0)
        {
            lock (gate)
            {
                (period, taken, unspent) = (next, before, 0);
            }

            return true;
        }

        var written = await store.TrySetAsync(owner, name, read, next, before + lease, cancellationToken);
        lock (gate)
        {
            known = written;
            if (written is not null)
            {
                (period, taken, unspent, lastLease) = (next, before + lease, lease, lease);
            }
        }

        return written is not null;
    }
}

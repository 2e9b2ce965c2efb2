using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Counts the requests of a period exactly over all instances, for a fraction of a storage call each. An instance takes some tokens in
/// advance with one conditional write (a lease) and spends them from memory (<see cref="LeasedTokens"/>). So the limit is never exceeded.
/// Other instances cannot use unspent tokens until they are returned, or for the whole period if the process dies. So leases are small where
/// instances share a counter (<see cref="LeaseSize"/>).
/// </summary>
/// <param name="store">The counters.</param>
/// <param name="owner">The id of the key or workspace.</param>
/// <param name="name">The name of the counter.</param>
/// <param name="fraction">The largest lease, as a fraction of the limit: 20 for a twentieth.</param>
/// <param name="idleTime">The time after which unspent tokens are returned.</param>
/// <param name="periodOf">The period of a time; larger is later.</param>
/// <param name="time">The clock.</param>
internal sealed partial class LeasedCounter(
    RateCounterStore store,
    string owner,
    string name,
    int fraction,
    TimeSpan idleTime,
    Func<DateTimeOffset, long> periodOf,
    TimeProvider time) : IDisposable
{
    /// <summary>The attempts take about 1.5 seconds, and at most half of the time of a request.</summary>
    private const int MaxLeaseAttempts = 16;
    private const int MaxPauseMilliseconds = 250;

    /// <summary>The attempts after which pauses are so long that the counter is read again.</summary>
    private const int FreshAttempts = 3;

    /// <summary>The time for which requests are refused without an attempt after all attempts of another one failed.</summary>
    private static readonly TimeSpan ContendedTime = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim leasing = new(1);
    private readonly LeasedTokens tokens = new(periodOf, time, idleTime);
    private readonly LeaseSize size = new(fraction, idleTime, time);
    private readonly OtherWriters others = new(idleTime, time);
    private readonly CounterRows rows = new(name);
    private RateCount? known;
    private int row;
    private int held;
    private int waiting;
    private long? contendedAt;

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

    public void Dispose() => leasing.Dispose();

    private async Task<LeaseResult> LeaseAsync(int? limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await leasing.WaitAsync(cancellationToken);
        }
        catch
        {
            Interlocked.Decrement(ref waiting);
            throw;
        }

        try
        {
            for (var attempt = 1; attempt <= MaxLeaseAttempts; attempt++)
            {
                if (await TryAsync() is { } result)
                {
                    return result;
                }

                if (contendedAt is { } at && time.GetElapsedTime(at) < ContendedTime)
                {
                    return tokens.Peek(limit) with { IsContended = true };
                }

                // The counter was read after the failed write, so the next write is likely to succeed at once. Later it has changed again.
                if (attempt > 1)
                {
                    await time.PauseAsync(attempt, cancellationToken, MaxPauseMilliseconds);
                    known = attempt > FreshAttempts ? null : known;
                }
            }

            contendedAt = time.GetTimestamp();
            return tokens.Peek(limit) with { IsContended = true };
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
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
        var needed = Volatile.Read(ref waiting);
        var lease = size.Next(limit, taken, needed, others.AreActive, read);
        if (lease == 0)
        {
            tokens.Add(period, taken, 0);
            return true;
        }

        var (more, heldBefore) = (Math.Max(0, lease - needed), read.Period == period ? Math.Max(0, read.Held - held) : 0);
        var next = new RateCount(period, taken + lease, heldBefore + more, time.GetUtcNow(), Version: null);
        var (isWritten, count) = await store.TrySetAsync(owner, rows.NameOf(suiting), read, next, cancellationToken);
        if (!isWritten)
        {
            TryAdopt(suiting, count, now);
            return false;
        }

        size.AddLease(lease, read, count);
        Remember(count, newlyHeld: more);
        tokens.Add(period, taken + lease, lease);
        return true;
    }

    /// <summary>Stores the counter that this instance has written. A shared one is read again, because the next write would fail.</summary>
    private void Remember(RateCount count, int newlyHeld)
    {
        others.AddOwnWrite(count);
        held = newlyHeld;
        known = others.AreActive ? null : count;
    }

    /// <summary>Uses a row that was read. Returns false if the row is of another clock, so that the next row is tried.</summary>
    private bool TryAdopt(int read, RateCount count, long now)
    {
        var suits = rows.Suits(read, count.Period, now);
        known = suits ? count : null;
        if (suits)
        {
            others.AddRead(count);

            // The tokens that this instance holds are of another period or row.
            held = count.Period == tokens.Period && read == row ? held : 0;
            tokens.Adopt(count, isSame: read == row, held);
            row = read;
        }

        return suits;
    }
}

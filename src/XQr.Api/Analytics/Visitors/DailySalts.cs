using System.Collections.Concurrent;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Visitors;

/// <summary>
/// Caches the daily salts of this instance. A salt exists until an hour after its day, for scans that are stored late. After that it is deleted
/// everywhere, so nobody can find out who the day's visitors were.
/// </summary>
internal sealed class DailySalts(SaltStore store, TimeProvider time)
{
    /// <summary>The time after the end of a day in which its scans may still be stored with a visitor.</summary>
    private static readonly TimeSpan LateScanPeriod = TimeSpan.FromHours(1);

    /// <summary>The time for which a read is retried during an outage of storage.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);

    /// <summary>The time before a day at which its salt is read. It is random, so that instances do not read at once.</summary>
    private readonly TimeSpan readAhead = TimeSpan.FromHours(1) * Random.Shared.NextDouble();

    private readonly ConcurrentDictionary<DateOnly, Lazy<Task<byte[]?>>> salts = [];

    /// <summary>Gets the first day whose salt is not yet deleted.</summary>
    private DateOnly First => DayOf(time.GetUtcNow() - LateScanPeriod);

    /// <summary>
    /// Returns the salt of the day of a time; null if it is deleted. One transaction for each day, and another one at the first use of a day.
    /// Concurrent callers share a read, which is retried for a minute during an outage.
    /// </summary>
    public async ValueTask<byte[]?> FindAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var day = DayOf(at);
        if (day < First)
        {
            return null;
        }

        var reading = salts.GetOrAdd(day, day => new(() => ReadAsync(day)));
        try
        {
            return await reading.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            // The next caller repeats a read that failed or found nothing.
            if (reading.Value is { IsCompleted: true } and not { IsCompletedSuccessfully: true, Result: not null })
            {
                salts.TryRemove(new(day, reading));
            }
        }
    }

    /// <summary>
    /// Reads the salt of the next day at a random time of the hour before, if this instance has used the salt of the current day. Call this
    /// method every minute.
    /// </summary>
    public async Task ReadAheadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (salts.ContainsKey(DayOf(now)) && !salts.ContainsKey(DayOf(now + readAhead)))
        {
            await FindAsync(now + readAhead, cancellationToken);
        }
    }

    /// <summary>Removes expired salts from memory.</summary>
    public void Forget()
    {
        foreach (var day in salts.Keys.Where(day => day < First))
        {
            salts.TryRemove(day, out _);
        }
    }

    /// <summary>Deletes expired salts for all instances. One transaction, and one for each salt.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken)
    {
        Forget();
        return store.RemoveAsync(First, cancellationToken);
    }

    private async Task<byte[]?> ReadAsync(DateOnly day)
    {
        var startedAt = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // A missing salt of yesterday was deleted or never needed. A new one would give late scans of the same visitor another number.
                return day < DayOf(time.GetUtcNow())
                    ? await store.FindAsync(day, CancellationToken.None)
                    : await store.FindOrAddAsync(day, CancellationToken.None);
            }
            catch (Exception exception) when (StorageFailure.IsOutage(exception) && time.GetElapsedTime(startedAt) < ReadTimeout)
            {
                await Task.Delay(Backoff.Delay(FirstRetryDelay, attempt, MaxRetryDelay), time);
            }
        }
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

using System.Collections.Concurrent;

namespace XQr.Api.Analytics.Visitors;

/// <summary>
/// Caches the daily salts of this instance. A salt exists until an hour after its day, for scans that are stored late. After that it is deleted
/// everywhere, so nobody can find out who the day's visitors were.
/// </summary>
internal sealed class DailySalts(SaltStore store, TimeProvider time)
{
    /// <summary>The time after the end of a day in which its scans may still be stored with a visitor.</summary>
    private static readonly TimeSpan LateScanPeriod = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<DateOnly, byte[]> cache = [];

    /// <summary>Gets the first day whose salt is not yet deleted.</summary>
    private DateOnly First => DayOf(time.GetUtcNow() - LateScanPeriod);

    /// <summary>
    /// Returns the salt of the day of a time; null if it is deleted. One transaction for each day, and another one at the first use of a day.
    /// </summary>
    public async ValueTask<byte[]?> FindAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var day = DayOf(at);
        if (day < First)
        {
            return null;
        }

        if (cache.TryGetValue(day, out var salt))
        {
            return salt;
        }

        // A missing salt of yesterday was deleted or never needed. A new one would give late scans of the same visitor another number.
        salt = day < DayOf(time.GetUtcNow()) ? await store.FindAsync(day, cancellationToken) : await store.FindOrAddAsync(day, cancellationToken);
        return salt is null ? null : cache.GetOrAdd(day, salt);
    }

    /// <summary>Removes expired salts from memory.</summary>
    public void Forget()
    {
        foreach (var day in cache.Keys.Where(day => day < First))
        {
            cache.TryRemove(day, out _);
        }
    }

    /// <summary>Deletes expired salts for all instances. One transaction, and one for each salt.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken)
    {
        Forget();
        return store.RemoveAsync(First, cancellationToken);
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

using System.Collections.Concurrent;

namespace XQr.Api.Analytics.Visitors;

/// <summary>
/// The salts of days, as this instance knows them. A salt is known until an hour after its day, for the scans that are stored late, and
/// then nowhere: nobody can find out any more who a day's visitors were.
/// </summary>
internal sealed class DailySalts(SaltStore store, TimeProvider time)
{
    private static readonly TimeSpan LateScanPeriod = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<DateOnly, byte[]> known = [];

    /// <summary>The first day whose salt may still be known.</summary>
    private DateOnly First => DayOf(time.GetUtcNow() - LateScanPeriod);

    /// <summary>The salt of the day of a time; null where it is thrown away. A transaction a day, and another at the first use of a day.</summary>
    public async ValueTask<byte[]?> FindAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var day = DayOf(at);
        if (day < First)
        {
            return null;
        }

        if (known.TryGetValue(day, out var salt))
        {
            return salt;
        }

        // A salt of yesterday that isn't there was thrown away, or nobody needed it: another would only hash those who come late apart.
        salt = day < DayOf(time.GetUtcNow()) ? await store.FindAsync(day, cancellationToken) : await store.FindOrAddAsync(day, cancellationToken);
        return salt is null ? null : known.GetOrAdd(day, salt);
    }

    /// <summary>Forgets the salts whose time is over.</summary>
    public void Forget()
    {
        foreach (var day in known.Keys.Where(day => day < First))
        {
            known.TryRemove(day, out _);
        }
    }

    /// <summary>Throws the salts whose time is over away, for all instances. One transaction, and one a salt.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken)
    {
        Forget();
        return store.RemoveAsync(First, cancellationToken);
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

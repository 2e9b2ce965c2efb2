using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Short codes as redirects see them: a change is seen within 10 seconds by every instance, at once by the one that made it. Where
/// storage is down, what was known goes on working for an hour.
/// </summary>
internal sealed class ShortCodeCache(ShortCodeStore store, TimeProvider time)
{
    // A read takes at most about 3.5 seconds where storage answers at all, and a caller waits for it a second at most.
    private static readonly CacheAges Ages = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), OnOutage: TimeSpan.FromHours(1));

    private readonly ReadThroughCache<ShortCode> codes = new(store.FindAsync, Ages, capacity: 50_000, time);

    public ValueTask<ShortCode?> FindAsync(string code, CancellationToken cancellationToken) =>
        codes.GetAsync(ShortCodes.Key(code), cancellationToken);

    public void Forget(string code) => codes.Forget(ShortCodes.Key(code));
}

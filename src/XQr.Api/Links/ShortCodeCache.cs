using Microsoft.Extensions.Options;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Caches short codes for redirects. Every instance sees a change within 10 seconds, and the instance that made it at once. During an
/// outage of storage, cached short codes work for an hour.
/// </summary>
internal sealed class ShortCodeCache(ShortCodeStore store, IOptions<RedirectOptions> options, TimeProvider time)
{
    // A successful read takes at most about 3.5 seconds, and a caller waits for it at most a second.
    private static readonly CacheAges Ages = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), OnOutage: TimeSpan.FromHours(1));

    private readonly ReadThroughCache<ShortCode> codes = new(
        store.FindAsync, Ages, options.Value.CacheMegabytes * 1024L * 1024, time, code => code.EstimateBytes());

    /// <summary>Returns a short code, or null if no link has it.</summary>
    public ValueTask<ShortCode?> FindAsync(string code, CancellationToken cancellationToken) =>
        codes.GetAsync(ShortCodes.Key(code), cancellationToken);

    /// <summary>Gets the estimated bytes of the cached short codes.</summary>
    public long Bytes => codes.Size;

    /// <summary>Removes a changed short code from this instance.</summary>
    public void Forget(string code) => codes.Forget(ShortCodes.Key(code));
}

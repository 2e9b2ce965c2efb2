using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.Keys;

/// <summary>
/// Caches the prefixes of all keys. The cache tells a possible key from an unknown one without a storage call. The prefixes are read when
/// a client address is over its limit of failed key attempts, at most once a minute.
/// </summary>
internal sealed class KeyPrefixes
{
    private const string All = "all";

    private static readonly CacheAges Ages = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), OnOutage: TimeSpan.FromHours(1));

    private readonly ReadThroughCache<uint[]> cache;

    public KeyPrefixes(KeyPrefixStore store, TimeProvider time)
    {
        cache = new(ReadAsync, Ages, capacity: 2, time);

        async Task<uint[]?> ReadAsync(string all, CancellationToken cancellationToken)
        {
            var prefixes = await store.ListAsync(cancellationToken);
            Array.Sort(prefixes);
            return prefixes;
        }
    }

    /// <summary>Returns whether a prefix existed one or two minutes ago. Costs no transaction, or one for each thousand keys.</summary>
    public async ValueTask<bool> ContainsAsync(string prefix, CancellationToken cancellationToken) =>
        await cache.GetAsync(All, cancellationToken) is { } prefixes && Array.BinarySearch(prefixes, ApiKeyText.NumberOf(prefix)) >= 0;
}

using XQr.Api.Storage;
using XQr.Api.Workspaces;

namespace XQr.Api.Pipeline.Keys;

/// <summary>
/// The prefixes of all keys, by which a key is told from a random guess without a storage call. They are read when a client address is
/// over its limit, and then at most once a minute however many guesses come; while nobody guesses over the limit, never.
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

    /// <summary>Returns whether a key has a prefix, as far as was known a minute or two ago. No transaction, or one a thousand keys.</summary>
    public async ValueTask<bool> ContainsAsync(string prefix, CancellationToken cancellationToken) =>
        await cache.GetAsync(All, cancellationToken) is { } prefixes && Array.BinarySearch(prefixes, ApiKeyText.NumberOf(prefix)) >= 0;
}

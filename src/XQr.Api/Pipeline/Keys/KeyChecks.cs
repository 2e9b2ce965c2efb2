using System.Collections.Concurrent;
using System.Net;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.Keys;

/// <summary>The outcome of a key check.</summary>
/// <param name="Caller">The caller that the key belongs to, even if the key is revoked or expired; null for an unknown key.</param>
/// <param name="Wait">The time to wait if the address has too many failed key attempts; otherwise null.</param>
internal readonly record struct KeyCheck(KeyCaller? Caller, TimeSpan? Wait = null);

/// <summary>
/// Identifies callers by their keys and limits failed key attempts. A key that this instance has recognised before is never limited,
/// whatever other clients at the same address send. Any other key takes an attempt of its address and returns it if the key is valid.
/// If no attempt is left, a key with a known prefix is still looked up, so that clients behind one address do not affect each other.
/// A key with an unknown prefix then costs no storage call.
/// </summary>
internal sealed class KeyChecks(CallerCache callers, KeyPrefixes prefixes, FailedKeyLimiter attempts)
{
    private readonly ConcurrentDictionary<(string Network, string Text), Lazy<Task<KeyCheck>>> running = new();

    /// <summary>Checks a key.</summary>
    /// <param name="text">The key as it was sent.</param>
    /// <param name="address">The client's address; null if it is unknown.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async ValueTask<KeyCheck> CheckAsync(string text, IPAddress? address, CancellationToken cancellationToken)
    {
        if (ApiKeyText.PrefixOf(text) is not { } prefix)
        {
            return default;
        }

        // The secret of a prefix never changes, so a cached row of any age proves a key. The state of the key is read again.
        var recalled = callers.Recall(prefix);
        if (recalled is not null && recalled.Key.Matches(text))
        {
            var caller = await callers.FindAsync(prefix, cancellationToken);
            return new(ReferenceEquals(caller, recalled) || caller?.Key.Matches(text) == true ? caller : null);
        }

        var network = FailedKeyLimiter.NetworkOf(address);
        return recalled is not null || callers.IsUnknown(prefix)
            ? new(null, attempts.TryTake(network))
            : await LookUpAsync(network, prefix, text, cancellationToken);
    }

    /// <summary>Shares one check between concurrent requests with the same key, so that a new key takes only one attempt.</summary>
    private async Task<KeyCheck> LookUpAsync(string network, string prefix, string text, CancellationToken cancellationToken)
    {
        var key = (network, text);
        var check = running.GetOrAdd(key, _ => new(() => ReadAsync(network, prefix, text)));
        try
        {
            return await check.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            running.TryRemove(new(key, check));
        }
    }

    private async Task<KeyCheck> ReadAsync(string network, string prefix, string text)
    {
        var wait = attempts.TryTake(network);
        if (wait is not null && !(await prefixes.ContainsAsync(prefix, CancellationToken.None) && attempts.TryTakeLookUp()))
        {
            return new(null, wait);
        }

        var hasFailed = false;
        try
        {
            var caller = await callers.FindAsync(prefix, CancellationToken.None);
            hasFailed = caller?.Key.Matches(text) != true;
            return hasFailed ? new(null, wait) : new(caller);
        }
        finally
        {
            // A storage outage is not a failed attempt either.
            if (!hasFailed && wait is null)
            {
                attempts.GiveBack(network);
            }
        }
    }
}

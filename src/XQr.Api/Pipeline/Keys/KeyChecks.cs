using System.Collections.Concurrent;
using System.Net;
using XQr.Api.Workspaces;

namespace XQr.Api.Pipeline.Keys;

/// <summary>The outcome of a key check.</summary>
/// <param name="Caller">Who holds the key, whatever its state; null where it is no key.</param>
/// <param name="Wait">How long to wait, where the address has guessed too often for the key to be looked at.</param>
internal readonly record struct KeyCheck(Caller? Caller, TimeSpan? Wait = null);

/// <summary>
/// Tells the callers by their keys, and holds back who guesses. A key that this instance has recognised once is never held back,
/// whoever guesses at the same address. Any other takes a guess of its address, and gives it back where it turns out to be a key.
/// Where none is left, a key whose prefix exists is looked at all the same: clients that share an address don't suffer from who guesses
/// there. A prefix that nobody has costs no storage call then.
/// </summary>
internal sealed class KeyChecks(CallerCache callers, KeyPrefixes prefixes, GuessLimiter guesses)
{
    private readonly ConcurrentDictionary<(string Network, string Text), Lazy<Task<KeyCheck>>> underWay = new();

    public async ValueTask<KeyCheck> CheckAsync(string text, IPAddress? address, CancellationToken cancellationToken)
    {
        if (ApiKeyText.PrefixOf(text) is not { } prefix)
        {
            return default;
        }

        // A prefix never gets another secret, so that what was read of it at any time proves a key. Its state is read anew.
        var recalled = callers.Recall(prefix);
        if (recalled is not null && recalled.Key.Matches(text))
        {
            var caller = await callers.FindAsync(prefix, cancellationToken);
            return new(ReferenceEquals(caller, recalled) || caller?.Key.Matches(text) == true ? caller : null);
        }

        var network = GuessLimiter.NetworkOf(address);
        return recalled is not null || callers.IsUnknown(prefix)
            ? new(null, guesses.TryTake(network))
            : await LookUpAsync(network, prefix, text, cancellationToken);
    }

    /// <summary>Requests with the same key that come at once are one check: they don't use up the guesses before the first is known to be none.</summary>
    private async Task<KeyCheck> LookUpAsync(string network, string prefix, string text, CancellationToken cancellationToken)
    {
        var key = (network, text);
        var check = underWay.GetOrAdd(key, _ => new(() => ReadAsync(network, prefix, text)));
        try
        {
            return await check.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            underWay.TryRemove(new(key, check));
        }
    }

    private async Task<KeyCheck> ReadAsync(string network, string prefix, string text)
    {
        var wait = guesses.TryTake(network);
        if (wait is not null && !(await prefixes.ContainsAsync(prefix, CancellationToken.None) && guesses.TryTakeLookUp()))
        {
            return new(null, wait);
        }

        var isGuess = false;
        try
        {
            var caller = await callers.FindAsync(prefix, CancellationToken.None);
            isGuess = caller?.Key.Matches(text) != true;
            return isGuess ? new(null, wait) : new(caller);
        }
        finally
        {
            // An outage is nobody's guess either.
            if (!isGuess && wait is null)
            {
                guesses.GiveBack(network);
            }
        }
    }
}

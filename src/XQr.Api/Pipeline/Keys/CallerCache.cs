using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;
using XQr.Api.Workspaces;

namespace XQr.Api.Pipeline.Keys;

/// <summary>Keys with their workspaces and plans, kept for seconds: a revocation or another plan takes effect within 10 everywhere.</summary>
internal sealed partial class CallerCache
{
    // A read takes at most about 3.5 seconds, so nothing older than 9.5 is ever used; and never anything aged, were storage down.
    private static readonly CacheAges Ages = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), OnOutage: TimeSpan.Zero);
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);

    /// <summary>How long a prefix is believed to be nobody's: a key that is made meanwhile works within 10 seconds.</summary>
    private static readonly TimeSpan BelieveUnknown = TimeSpan.FromSeconds(9);

    private const int MostCallers = 20_000;
    private const int MostUnknown = 20_000;

    private readonly ReadThroughCache<Caller> callers;

    /// <summary>When prefixes were found to be nobody's. Apart from the callers, so that guesses don't drive those out.</summary>
    private readonly Generations<long> unknown = new(MostUnknown);

    private readonly ConcurrentDictionary<string, DateTimeOffset> touchedAt = new(StringComparer.Ordinal);
    private readonly ApiKeyStore keys;
    private readonly TimeProvider time;
    private readonly ILogger<CallerCache> logger;

    public CallerCache(ApiKeyStore keys, WorkspaceStore workspaces, PlansOptions plans, TimeProvider time, ILogger<CallerCache> logger)
    {
        this.keys = keys;
        this.time = time;
        this.logger = logger;
        callers = new(ReadAsync, Ages, MostCallers, time);

        async Task<Caller?> ReadAsync(string prefix, CancellationToken cancellationToken)
        {
            var startedAt = time.GetTimestamp();
            if (await keys.FindAsync(prefix, cancellationToken) is { } key
                && await workspaces.FindAsync(key.WorkspaceId, cancellationToken) is { } workspace)
            {
                return new Caller(key, workspace, plans[workspace.Plan]);
            }

            unknown.Set(prefix, startedAt);
            callers!.Forget(prefix);
            return null;
        }
    }

    /// <summary>Finds the caller whose key has this prefix; whether the rest is right remains to be checked.</summary>
    public ValueTask<Caller?> FindAsync(string prefix, CancellationToken cancellationToken) =>
        IsUnknown(prefix) ? default : callers.GetAsync(prefix, cancellationToken);

    /// <summary>The caller that was found by this prefix last, however long ago. Asks no storage; a plan or a state may be outdated.</summary>
    public Caller? Recall(string prefix) => callers.Peek(prefix);

    /// <summary>Whether storage had no key with this prefix a moment ago.</summary>
    public bool IsUnknown(string prefix) => unknown.TryGet(prefix, out var readAt) && time.GetElapsedTime(readAt) < BelieveUnknown;

    /// <summary>Notes in the background that a key was used, at most once a minute.</summary>
    public void Used(Caller caller, DateTimeOffset now)
    {
        var prefix = caller.Key.Prefix;
        var last = touchedAt.GetOrAdd(prefix, static (_, key) => key.LastUsedAt ?? DateTimeOffset.MinValue, caller.Key);
        if (now - last >= BetweenTouches && touchedAt.TryUpdate(prefix, now, last))
        {
            _ = TouchAsync(prefix, now);
        }
    }

    private async Task TouchAsync(string prefix, DateTimeOffset now)
    {
        try
        {
            await keys.TouchAsync(prefix, now, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Telemetry.BackgroundFailures.Add(1, new KeyValuePair<string, object?>("work", "note-key-use"));
            Log.TouchFailed(logger, prefix, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The last use of key {Prefix} was not noted")]
        public static partial void TouchFailed(ILogger logger, string prefix, Exception exception);
    }
}

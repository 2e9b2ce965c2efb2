using Microsoft.Extensions.Logging;
using XQr.Api.Background;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.Keys;

/// <summary>
/// Caches keys with their workspaces and plans for seconds. A revocation or a plan change takes effect within 10 seconds everywhere.
/// </summary>
internal sealed partial class CallerCache
{
    // A read takes at most about 3.5 seconds, so no value older than 9.5 seconds is used. An older value is not used in an outage either.
    private static readonly CacheAges Ages = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), OnOutage: TimeSpan.Zero);
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    /// <summary>The time for which a prefix counts as unknown. A key that is created in the meantime works within 10 seconds.</summary>
    private static readonly TimeSpan UnknownTtl = TimeSpan.FromSeconds(9);

    private const int MaxCallers = 20_000;
    private const int MaxUnknown = 20_000;

    private readonly ReadThroughCache<KeyCaller> callers;

    /// <summary>The times at which prefixes were unknown. They are separate from the callers, so that failed keys do not evict callers.</summary>
    private readonly BoundedCache<long> unknown;

    private readonly BoundedCache<KeyUse> uses;
    private readonly ApiKeyStore keys;
    private readonly TimeProvider time;
    private readonly BackgroundMetrics metrics;
    private readonly ILogger<CallerCache> logger;

    public CallerCache(
        ApiKeyStore keys, WorkspaceStore workspaces, PlansOptions plans, TimeProvider time, BackgroundMetrics metrics, ILogger<CallerCache> logger)
    {
        this.keys = keys;
        this.time = time;
        this.metrics = metrics;
        this.logger = logger;
        unknown = new(MaxUnknown, UnknownTtl, time);
        callers = new(ReadAsync, Ages, MaxCallers, time);
        uses = new(MaxCallers, TouchInterval, time);

        async Task<KeyCaller?> ReadAsync(string prefix, CancellationToken cancellationToken)
        {
            var startedAt = time.GetTimestamp();
            if (await keys.FindAsync(prefix, cancellationToken) is { } key
                && await workspaces.FindAsync(key.WorkspaceId, cancellationToken) is { } workspace)
            {
                return new KeyCaller(key, workspace, plans[workspace.Plan]);
            }

            unknown.Set(prefix, startedAt);
            callers!.Forget(prefix);
            return null;
        }
    }

    /// <summary>Finds the caller whose key has a prefix. The secret is not checked.</summary>
    public ValueTask<KeyCaller?> FindAsync(string prefix, CancellationToken cancellationToken) =>
        IsUnknown(prefix) ? default : callers.GetAsync(prefix, cancellationToken);

    /// <summary>Returns the caller that was last found by a prefix, without a storage call. Its plan and state may be outdated.</summary>
    public KeyCaller? Recall(string prefix) => callers.Peek(prefix);

    /// <summary>Returns whether storage had no key with a prefix a few seconds ago.</summary>
    public bool IsUnknown(string prefix) => unknown.TryGet(prefix, out var readAt) && time.GetElapsedTime(readAt) < UnknownTtl;

    /// <summary>Records in the background that a key was used, at most once a minute.</summary>
    public void Used(KeyCaller caller, DateTimeOffset now)
    {
        var prefix = caller.Key.Prefix;
        if (uses.GetOrAdd(prefix, _ => new(caller.Key.LastUsedAt)).TryTouch(now))
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
            metrics.AddFailure("note-key-use");
            Log.TouchFailed(logger, prefix, exception);
        }
    }

    /// <summary>The last use of a key that was recorded.</summary>
    private sealed class KeyUse(DateTimeOffset? at)
    {
        private readonly Lock gate = new();
        private DateTimeOffset recordedAt = at ?? DateTimeOffset.MinValue;

        /// <summary>Returns whether a use is to be recorded. Of concurrent callers, one records it.</summary>
        public bool TryTouch(DateTimeOffset now)
        {
            lock (gate)
            {
                var isDue = now - recordedAt >= TouchInterval;
                recordedAt = isDue ? now : recordedAt;
                return isDue;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The last use of key {Prefix} was not recorded. It is recorded with a later use.")]
        public static partial void TouchFailed(ILogger logger, string prefix, Exception exception);
    }
}

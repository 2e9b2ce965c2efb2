using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;
using XQr.Api.Workspaces;

namespace XQr.Api.Pipeline;

/// <summary>Keys with their workspaces and plans, kept for seconds: a revocation or another plan takes effect within 10 everywhere.</summary>
internal sealed partial class CallerCache
{
    // A read takes at most about 3.5 seconds, so nothing older than 9.5 is ever used; and never anything aged, were storage down.
    private static readonly CacheAges Ages = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), OnOutage: TimeSpan.Zero);
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);

    private readonly ReadThroughCache<Caller> callers;
    private readonly ConcurrentDictionary<string, DateTimeOffset> touchedAt = new(StringComparer.Ordinal);
    private readonly ApiKeyStore keys;
    private readonly ILogger<CallerCache> logger;

    public CallerCache(ApiKeyStore keys, WorkspaceStore workspaces, PlansOptions plans, TimeProvider time, ILogger<CallerCache> logger)
    {
        this.keys = keys;
        this.logger = logger;
        callers = new(ReadAsync, Ages, capacity: 20_000, time);

        async Task<Caller?> ReadAsync(string prefix, CancellationToken cancellationToken) =>
            await keys.FindAsync(prefix, cancellationToken) is { } key
            && await workspaces.FindAsync(key.WorkspaceId, cancellationToken) is { } workspace
                ? new Caller(key, workspace, plans[workspace.Plan])
                : null;
    }

    /// <summary>Finds the key that a text begins like; whether it is that key remains to be checked.</summary>
    public ValueTask<Caller?> FindAsync(string text, CancellationToken cancellationToken) =>
        ApiKeyText.PrefixOf(text) is { } prefix ? callers.GetAsync(prefix, cancellationToken) : default;

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
        catch (Exception exception) when (StorageFailure.IsOutage(exception))
        {
            Log.TouchFailed(logger, prefix, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The last use of key {Prefix} was not noted")]
        public static partial void TouchFailed(ILogger logger, string prefix, Exception exception);
    }
}

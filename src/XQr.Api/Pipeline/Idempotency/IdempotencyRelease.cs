using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>Releases the key of a request that failed, so that a retry runs at once.</summary>
internal sealed partial class IdempotencyRelease(IdempotencyStore store, TimeProvider time, ILogger<IdempotencyRelease> logger)
{
    /// <summary>The time that a release may take. If it takes longer, a retry runs after the end of the lease.</summary>
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>Releases a key. It does not depend on the request, whose deadline may be over or whose client may be gone.</summary>
    /// <param name="request">The request.</param>
    /// <param name="started">The run that failed.</param>
    public async Task RunAsync(KeyedRequest request, IdempotencyState.Started started)
    {
        using var timeout = new CancellationTokenSource(ReleaseTimeout, time);
        try
        {
            await store.ReleaseAsync(request, started, timeout.Token);
        }
        catch (Exception exception) when (StorageFailure.IsOutage(exception))
        {
            Log.NotReleased(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "An idempotency key was not released. Retries get 409 until its lease ends.")]
        public static partial void NotReleased(ILogger logger, Exception exception);
    }
}

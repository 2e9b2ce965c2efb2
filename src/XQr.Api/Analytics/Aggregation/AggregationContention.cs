using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Pauses the changes of a workspace's statistics and archive after conflicts with other instances.</summary>
internal static class AggregationContention
{
    /// <summary>The maximum number of consecutive conflicts.</summary>
    private const int MaxConflicts = 30;

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="conflicts">The number of consecutive conflicts so far.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ContentionException">The maximum number of conflicts is reached.</exception>
    public static Task PauseAfterConflictAsync(this TimeProvider time, int conflicts, CancellationToken cancellationToken) => conflicts < MaxConflicts
        ? time.PauseAsync(conflicts, cancellationToken)
        : throw new ContentionException("The statistics of a workspace have too many writers.");
}

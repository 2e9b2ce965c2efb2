using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>What who changes a workspace's statistics or its archive does when others were quicker.</summary>
internal static class AggregationContention
{
    /// <summary>How often others may be quicker one after another.</summary>
    private const int Attempts = 30;

    /// <summary>Waits a moment before the next attempt.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="conflicts">How often others were quicker by now.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ContentionException">That was too often.</exception>
    public static Task PauseAfterConflictAsync(this TimeProvider time, int conflicts, CancellationToken cancellationToken) => conflicts < Attempts
        ? time.PauseAsync(conflicts, cancellationToken)
        : throw new ContentionException("The statistics of a workspace have too many writers.");
}

using XQr.Api.Storage;

namespace XQr.Api.Analytics.Folding;

/// <summary>What who changes a workspace's figures or its archive does when others were quicker.</summary>
internal static class FoldContention
{
    /// <summary>How often others may be quicker one after another.</summary>
    private const int Attempts = 30;

    /// <summary>Waits a moment before the next attempt.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="lost">How often others were quicker by now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ContentionException">That was too often.</exception>
    public static Task PauseFoldAsync(this TimeProvider time, int lost, CancellationToken cancellationToken) => lost < Attempts
        ? time.PauseAsync(lost, cancellationToken)
        : throw new ContentionException("The figures of a workspace have too many writers.");
}

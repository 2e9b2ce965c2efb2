namespace XQr.Api.Storage;

/// <summary>Retries optimistic changes that other writers overtook.</summary>
internal static class Contention
{
    private const int MaxAttempts = 40;

    /// <summary>The longest pause. All pauses together take about two seconds, less than half of the time of a request.</summary>
    private const int MaxMilliseconds = 100;

    /// <summary>Runs an optimistic change until it succeeds, with a random pause after each attempt.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="subject">The rows that are changed, for the error: "link {id}".</param>
    /// <param name="attempt">Reads the rows and changes them; returns null if another writer changed them in between.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <typeparam name="TResult">The result of the change.</typeparam>
    /// <exception cref="ContentionException">Other writers were faster each time.</exception>
    public static async Task<TResult> RetryAsync<TResult>(
        this TimeProvider time, string subject, Func<Task<TResult?>> attempt, CancellationToken cancellationToken)
        where TResult : struct
    {
        for (var attempts = 1; attempts <= MaxAttempts; attempts++)
        {
            if (await attempt() is { } result)
            {
                return result;
            }

            await time.PauseAsync(attempts, cancellationToken);
        }

        throw new ContentionException($"There are too many writers of {subject}.");
    }

    /// <summary>Waits a random time before the next attempt: up to 10 milliseconds, doubled with each attempt.</summary>
    public static Task PauseAsync(
        this TimeProvider time, int attempt, CancellationToken cancellationToken, int maxMilliseconds = MaxMilliseconds) => Task.Delay(
        TimeSpan.FromMilliseconds(1 + Random.Shared.Next(Math.Min(maxMilliseconds, 10 << Math.Min(attempt - 1, 10)))), time, cancellationToken);
}

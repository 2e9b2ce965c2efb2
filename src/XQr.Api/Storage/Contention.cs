namespace XQr.Api.Storage;

/// <summary>Waits between the attempts of an optimistic change.</summary>
internal static class Contention
{
    /// <summary>The longest pause: a request has time for several.</summary>
    private const int MaxMilliseconds = 250;

    /// <summary>Waits a random time before the next attempt: up to 10 milliseconds, doubled with each attempt.</summary>
    public static Task PauseAsync(this TimeProvider time, int attempt, CancellationToken cancellationToken) =>
        time.PauseAsync(attempt, 10, cancellationToken);

    /// <summary>Waits a random time before the next attempt: up to <paramref name="step"/> milliseconds, doubled with each attempt.</summary>
    public static Task PauseAsync(this TimeProvider time, int attempt, int step, CancellationToken cancellationToken) => Task.Delay(
        TimeSpan.FromMilliseconds(1 + Random.Shared.Next(Math.Min(MaxMilliseconds, step << Math.Min(attempt - 1, 10)))), time, cancellationToken);
}

namespace XQr.Api.Storage;

/// <summary>What a writer does when others were quicker.</summary>
internal static class Contention
{
    /// <summary>Waits a moment before the next attempt: up to 10 milliseconds more each time, and never as long as the others do.</summary>
    public static Task PauseAsync(this TimeProvider time, int attempt, CancellationToken cancellationToken) =>
        time.PauseAsync(attempt, 10, cancellationToken);

    /// <summary>Waits a moment before the next attempt: up to <paramref name="step"/> milliseconds more each time.</summary>
    public static Task PauseAsync(this TimeProvider time, int attempt, int step, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, step * attempt)), time, cancellationToken);
}

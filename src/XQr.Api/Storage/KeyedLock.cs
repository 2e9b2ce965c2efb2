using XQr.Api.Primitives;

namespace XQr.Api.Storage;

/// <summary>
/// Serialises changes of the same row in this process, so that only processes compete for it. The lock has an entry for each row that is
/// being changed. It only saves attempts: a caller that has waited too long continues without it, because the row's version keeps
/// changes apart.
/// </summary>
/// <typeparam name="TKey">The id of a row.</typeparam>
internal sealed class KeyedLock<TKey>(TimeProvider time)
    where TKey : notnull
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly KeyedState<TKey, SemaphoreSlim> locks = new(_ => new(1));

    /// <summary>Gets the number of keys that are in use.</summary>
    public int Count => locks.Count;

    /// <summary>Runs an action while no other action of the same key runs.</summary>
    /// <param name="key">The id of the row that the action changes.</param>
    /// <param name="action">The action.</param>
    /// <param name="cancellationToken">A token to cancel the wait.</param>
    public async Task<T> RunAsync<T>(TKey key, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        using var held = locks.Use(key);
        if (!await TryWaitAsync(held.State, cancellationToken))
        {
            return await action();
        }

        try
        {
            return await action();
        }
        finally
        {
            held.State.Release();
        }
    }

    private async Task<bool> TryWaitAsync(SemaphoreSlim semaphore, CancellationToken cancellationToken)
    {
        if (semaphore.Wait(0, cancellationToken))
        {
            return true;
        }

        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await semaphore.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}

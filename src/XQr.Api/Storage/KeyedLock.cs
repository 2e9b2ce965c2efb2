namespace XQr.Api.Storage;

/// <summary>
/// Serialises changes of the same row in this process, so that only processes compete for it. The lock has an entry for each row that is
/// being changed. It only saves attempts: a caller that has waited too long continues without it, because the row's version keeps
/// changes apart.
/// </summary>
internal sealed class KeyedLock(TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Entry> entries = [];

    /// <summary>Gets the number of keys that are in use.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>Runs an action while no other action of the same key runs.</summary>
    /// <param name="key">The id of the row that the action changes.</param>
    /// <param name="action">The action.</param>
    /// <param name="cancellationToken">A token to cancel the wait.</param>
    public async Task<T> RunAsync<T>(Guid key, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        var entry = Enter(key);
        var isHeld = false;
        try
        {
            isHeld = await TryWaitAsync(entry.Semaphore, cancellationToken);
            return await action();
        }
        finally
        {
            if (isHeld)
            {
                entry.Semaphore.Release();
            }

            Leave(key, entry);
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

    private Entry Enter(Guid key)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var entry))
            {
                entries.Add(key, entry = new());
            }

            entry.Users++;
            return entry;
        }
    }

    private void Leave(Guid key, Entry entry)
    {
        lock (gate)
        {
            if (--entry.Users == 0)
            {
                entries.Remove(key);
                entry.Semaphore.Dispose();
            }
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Users { get; set; }
    }
}

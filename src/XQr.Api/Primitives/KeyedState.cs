using System.Collections.Concurrent;

namespace XQr.Api.Primitives;

/// <summary>
/// Holds the state of each key in use, and removes it when it is idle. Concurrent callers of a key share one state. A removed state is
/// disposed, and no caller uses it any more.
/// </summary>
/// <typeparam name="TKey">The key, such as the id of a workspace.</typeparam>
/// <typeparam name="TState">The state. Its methods are thread-safe.</typeparam>
internal sealed class KeyedState<TKey, TState>
    where TKey : notnull
    where TState : class
{
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private readonly Func<TKey, Entry> newEntry;
    private readonly Func<TState, bool> isIdle;
    private readonly SweepTimer? sweeper;

    /// <summary>Creates a collection that removes a state when its last lease ends, such as a lock.</summary>
    public KeyedState(Func<TKey, TState> create)
    {
        newEntry = key => new(() => create(key));
        isIdle = _ => true;
    }

    /// <summary>Creates a collection that removes a state after it was unused for one to two intervals.</summary>
    /// <param name="create">Creates the state of a key.</param>
    /// <param name="interval">The time between two sweeps.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isIdle">Returns whether an unused state has no work left; by default it has none.</param>
    public KeyedState(Func<TKey, TState> create, TimeSpan interval, TimeProvider time, Func<TState, bool>? isIdle = null)
        : this(create)
    {
        this.isIdle = isIdle ?? this.isIdle;
        sweeper = new(RemoveIdle, () => entries.IsEmpty, interval, time);
    }

    /// <summary>Gets the number of states.</summary>
    public int Count => entries.Count;

    /// <summary>Returns the state of a key, which stays until the lease ends.</summary>
    public Lease Use(TKey key)
    {
        while (true)
        {
            var entry = entries.GetOrAdd(key, newEntry);
            if (entry.TryEnter(isUse: true))
            {
                sweeper?.Start();
                return new(this, key, entry);
            }

            // Another thread is removing the entry.
            entries.TryRemove(new(key, entry));
        }
    }

    /// <summary>Returns the existing states, each with a lease that does not count as a use.</summary>
    public IEnumerable<Lease> UseAll()
    {
        foreach (var (key, entry) in entries)
        {
            if (entry.TryEnter(isUse: false))
            {
                yield return new(this, key, entry);
            }
        }
    }

    private void RemoveIdle()
    {
        foreach (var (key, entry) in entries)
        {
            if (entry.TryRetire(isIdle))
            {
                Remove(key, entry);
            }
        }
    }

    private void Leave(TKey key, Entry entry)
    {
        if (entry.Leave(retire: sweeper is null))
        {
            Remove(key, entry);
        }
    }

    private void Remove(TKey key, Entry entry)
    {
        entries.TryRemove(new(key, entry));
        (entry.State as IDisposable)?.Dispose();
    }

    /// <summary>A state that is in use until the lease is disposed.</summary>
    internal readonly struct Lease : IDisposable
    {
        private readonly KeyedState<TKey, TState> owner;
        private readonly TKey key;
        private readonly Entry entry;

        internal Lease(KeyedState<TKey, TState> owner, TKey key, Entry entry) => (this.owner, this.key, this.entry) = (owner, key, entry);

        /// <summary>Gets the state.</summary>
        public TState State => entry.State;

        public void Dispose() => owner.Leave(key, entry);
    }

    internal sealed class Entry(Func<TState> create)
    {
        private readonly Lock gate = new();
        private TState? state;
        private int users;
        private bool isUsed;
        private bool isRetired;

        public TState State => state!;

        public bool TryEnter(bool isUse)
        {
            lock (gate)
            {
                if (isRetired)
                {
                    return false;
                }

                state ??= create();
                isUsed |= isUse;
                users++;
                return true;
            }
        }

        /// <returns>True if the state is retired.</returns>
        public bool Leave(bool retire)
        {
            lock (gate)
            {
                return --users == 0 && retire && (isRetired = true);
            }
        }

        /// <summary>Retires the state if it was not used since the last call.</summary>
        public bool TryRetire(Func<TState, bool> isIdle)
        {
            lock (gate)
            {
                var wasUsed = isUsed || users > 0;
                isUsed = users > 0;
                return !wasUsed && (state is null || isIdle(state)) && (isRetired = true);
            }
        }
    }
}

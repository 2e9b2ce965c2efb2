using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace XQr.Api.Primitives;

/// <summary>
/// Caches recently used values up to a total size, in two generations. A hit in the old generation moves to the young one. The old one is
/// dropped when the young one is full, and at an interval, so an idle cache becomes empty. A value that is used at least once while half
/// the capacity is added stays. Reads of the young generation take no lock.
/// </summary>
internal sealed class BoundedCache<TValue>
{
    private readonly Lock gate = new();
    private readonly long maxGeneration;
    private readonly long maxValue;
    private readonly Func<TValue, long> sizeOf;
    private readonly SweepTimer sweeper;
    private volatile ConcurrentDictionary<string, Sized> young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, Sized> old = new(StringComparer.Ordinal);
    private long youngSize;
    private long oldSize;

    /// <summary>Initializes a new instance of the <see cref="BoundedCache{TValue}"/> class.</summary>
    /// <param name="capacity">The maximum size of all values. A value that is larger than a quarter is not cached.</param>
    /// <param name="idle">The time for which an unused value stays at least if there is room. It is removed after twice the time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sizeOf">Returns the size of a value; by default each value has the size 1.</param>
    public BoundedCache(long capacity, TimeSpan idle, TimeProvider time, Func<TValue, long>? sizeOf = null)
    {
        (maxGeneration, maxValue) = (capacity / 2, Math.Max(1, capacity / 4));
        this.sizeOf = sizeOf ?? (_ => 1);
        sweeper = new(Rotate, () => young.IsEmpty && old.IsEmpty, idle, time);
    }

    /// <summary>Gets the number of cached values. A value that has moved counts twice.</summary>
    public int Count => young.Count + old.Count;

    /// <summary>Gets the size of the cached values. A value that has moved counts twice.</summary>
    public long Size
    {
        get
        {
            lock (gate)
            {
                return youngSize + oldSize;
            }
        }
    }

    /// <summary>Returns the value of a key, and creates it if there is none. Concurrent callers get the same value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="create">Creates the value. It is called without a lock, so that its result may be dropped.</param>
    public TValue GetOrAdd(string key, Func<string, TValue> create)
    {
        if (TryGet(key, out var value))
        {
            return value;
        }

        var created = create(key);
        lock (gate)
        {
            if (TryMove(key, out value))
            {
                return value;
            }

            Add(key, created);
            return created;
        }
    }

    /// <summary>Returns whether there is a value of a key, and the value.</summary>
    public bool TryGet(string key, [MaybeNullWhen(false)] out TValue value)
    {
        if (young.TryGetValue(key, out var found))
        {
            value = found.Value;
            return true;
        }

        lock (gate)
        {
            return TryMove(key, out value);
        }
    }

    /// <summary>Sets the value of a key.</summary>
    public void Set(string key, TValue value)
    {
        lock (gate)
        {
            Add(key, value);
        }
    }

    /// <summary>Counts the new size of a value that has changed, unless the value is no longer cached.</summary>
    public void Resize(string key, TValue value)
    {
        lock (gate)
        {
            if (TryMove(key, out var current) && EqualityComparer<TValue>.Default.Equals(current, value))
            {
                Add(key, value);
            }
        }
    }

    /// <summary>Removes a key. No concurrent caller brings the removed value back.</summary>
    public void Remove(string key)
    {
        lock (gate)
        {
            youngSize -= young.TryRemove(key, out var removed) ? removed.Size : 0;
            oldSize -= old.TryRemove(key, out removed) ? removed.Size : 0;
        }
    }

    /// <summary>Returns a cached value. Moves it to the young generation if it is in the old one.</summary>
    private bool TryMove(string key, [MaybeNullWhen(false)] out TValue value)
    {
        if (young.TryGetValue(key, out var found))
        {
            value = found.Value;
            return true;
        }

        if (!old.TryGetValue(key, out found))
        {
            value = default;
            return false;
        }

        // It stays in the old generation too.
        value = found.Value;
        Add(key, value);
        return true;
    }

    private void Add(string key, TValue value)
    {
        var size = sizeOf(value);
        if (size > maxValue)
        {
            Remove(key);
            return;
        }

        var replaced = young.TryGetValue(key, out var before) ? before.Size : 0;
        if (youngSize - replaced + size > maxGeneration)
        {
            Rotate();
            replaced = 0;
        }

        young[key] = new(value, size);
        youngSize += size - replaced;
        sweeper.Start();
    }

    private void Rotate()
    {
        lock (gate)
        {
            (old, oldSize, young, youngSize) = (young, youngSize, new(StringComparer.Ordinal), 0);
        }
    }

    private readonly record struct Sized(TValue Value, long Size);
}

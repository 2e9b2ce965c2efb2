using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace XQr.Api.Primitives;

/// <summary>
/// A bounded dictionary that keeps what was used lately: values live in two generations, what is found in the old one moves to the
/// young one, and when that is full the old one is dropped. A value that is used at least once while half the capacity is added stays.
/// Reads of the young generation take no lock.
/// </summary>
/// <param name="capacity">How many values are kept at most, of both generations.</param>
internal sealed class Generations<TValue>(int capacity)
{
    private readonly Lock gate = new();
    private volatile ConcurrentDictionary<string, TValue> young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, TValue> old = new(StringComparer.Ordinal);
    private int youngCount;

    /// <summary>How many values are kept now; one that has moved counts twice.</summary>
    public int Count => young.Count + old.Count;

    /// <summary>Returns the value of a key, made where there is none. Callers at the same time get the same one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="make">Makes the value; called outside of the lock, so that what it makes may be dropped.</param>
    public TValue GetOrAdd(string key, Func<string, TValue> make)
    {
        if (young.TryGetValue(key, out var value) || TryMove(key, out value))
        {
            return value;
        }

        var made = make(key);
        lock (gate)
        {
            if (TryMove(key, out value))
            {
                return value;
            }

            Add(key, made);
            return made;
        }
    }

    /// <summary>Returns whether there is a value of a key, and the value.</summary>
    public bool TryGet(string key, [MaybeNullWhen(false)] out TValue value) => young.TryGetValue(key, out value) || old.TryGetValue(key, out value);

    /// <summary>Sets the value of a key.</summary>
    public void Set(string key, TValue value)
    {
        lock (gate)
        {
            Remove(key);
            Add(key, value);
        }
    }

    /// <summary>Removes a key. No caller at the same time brings the removed value back.</summary>
    public void Remove(string key)
    {
        lock (gate)
        {
            youngCount -= young.TryRemove(key, out _) ? 1 : 0;
            old.TryRemove(key, out _);
        }
    }

    /// <summary>Returns a value that there is, moved to the young generation where it is in the old one.</summary>
    private bool TryMove(string key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out value))
            {
                return true;
            }

            if (!old.TryGetValue(key, out value))
            {
                return false;
            }

            // It stays in the old generation too, so that who looks there without the lock finds it.
            Add(key, value);
            return true;
        }
    }

    private void Add(string key, TValue value)
    {
        if (youngCount >= capacity / 2)
        {
            (old, young, youngCount) = (young, new(StringComparer.Ordinal), 0);
        }

        youngCount += young.TryAdd(key, value) ? 1 : 0;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace XQr.Api;

/// <summary>
/// A bounded dictionary that keeps what was used lately: values live in two generations, what is found in the old one moves to the
/// young one, and when that is full the old one is dropped.
/// </summary>
/// <param name="capacity">How many values are kept at most, of both generations.</param>
internal sealed class Generations<TValue>(int capacity)
{
    private ConcurrentDictionary<string, TValue> young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, TValue> old = new(StringComparer.Ordinal);

    /// <summary>How many values are kept now; one that has moved counts twice.</summary>
    public int Count => young.Count + old.Count;

    /// <summary>The value of a key, made where there is none. Of two that are made at the same time, both callers get one.</summary>
    public TValue GetOrAdd(string key, Func<string, TValue> make)
    {
        if (young.TryGetValue(key, out var value))
        {
            return value;
        }

        var moved = old.TryGetValue(key, out var kept) ? kept : make(key);
        if (young.Count >= capacity / 2)
        {
            old = young;
            young = new(StringComparer.Ordinal);
        }

        return young.GetOrAdd(key, moved);
    }

    /// <summary>The value of a key, where there is one.</summary>
    public bool TryGet(string key, [MaybeNullWhen(false)] out TValue value) => young.TryGetValue(key, out value) || old.TryGetValue(key, out value);

    public void Remove(string key)
    {
        young.TryRemove(key, out _);
        old.TryRemove(key, out _);
    }
}

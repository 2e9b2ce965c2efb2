namespace XQr.Api.Qr.Images;

/// <summary>
/// Caches recently used contents up to a number of bytes, in two generations. A hit in the old generation moves to the young one; when the
/// young one is full, the old one is dropped.
/// </summary>
/// <param name="maxBytes">The maximum number of bytes.</param>
/// <param name="lengthOf">Returns the number of bytes of a content.</param>
internal sealed class ByteCache<TContent>(int maxBytes, Func<TContent, int> lengthOf)
    where TContent : class
{
    private readonly Lock gate = new();
    private Dictionary<string, TContent> young = new(StringComparer.Ordinal);
    private Dictionary<string, TContent> old = new(StringComparer.Ordinal);
    private long bytes;

    public TContent? Find(string key)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out var content))
            {
                return content;
            }

            if (old.TryGetValue(key, out content))
            {
                Put(key, content);
            }

            return content;
        }
    }

    /// <summary>Adds a content unless it is larger than a quarter of the cache.</summary>
    public void Add(string key, TContent content)
    {
        if (lengthOf(content) > maxBytes / 4)
        {
            return;
        }

        lock (gate)
        {
            Put(key, content);
        }
    }

    private void Put(string key, TContent content)
    {
        if (young.ContainsKey(key))
        {
            return;
        }

        if (bytes + lengthOf(content) > maxBytes / 2)
        {
            (old, young, bytes) = (young, new(StringComparer.Ordinal), 0);
        }

        young.Add(key, content);
        bytes += lengthOf(content);
    }
}

namespace XQr.Api.Qr;

/// <summary>
/// Keeps contents that were used lately, up to a number of bytes in all, in two generations: what is found in the old one moves to the
/// young one, and when that is full the old one is dropped.
/// </summary>
internal sealed class ByteCache(int maxBytes)
{
    private readonly Lock gate = new();
    private Dictionary<string, byte[]> young = new(StringComparer.Ordinal);
    private Dictionary<string, byte[]> old = new(StringComparer.Ordinal);
    private long bytes;

    public byte[]? Find(string key)
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

    /// <summary>Adds a content; what is larger than a quarter of the cache isn't worth what it would drive out.</summary>
    public void Add(string key, byte[] content)
    {
        if (content.Length > maxBytes / 4)
        {
            return;
        }

        lock (gate)
        {
            Put(key, content);
        }
    }

    private void Put(string key, byte[] content)
    {
        if (young.ContainsKey(key))
        {
            return;
        }

        if (bytes + content.Length > maxBytes / 2)
        {
            (old, young, bytes) = (young, new(StringComparer.Ordinal), 0);
        }

        young.Add(key, content);
        bytes += content.Length;
    }
}

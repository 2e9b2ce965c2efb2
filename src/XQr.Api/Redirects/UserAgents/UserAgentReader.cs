using System.Collections.Concurrent;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>
/// Reads user agent strings. Nothing is loaded before the first read. What was read is kept, bounded in two generations: when the young
/// one is full, the old one is dropped.
/// </summary>
internal sealed class UserAgentReader
{
    /// <summary>Browsers send less than 300 characters, in-app browsers less than 500. What follows is not read, and not kept either.</summary>
    public const int MaxLength = 512;

    /// <summary>How many are kept, at most about 5 MB.</summary>
    public const int Capacity = 4096;

    private readonly Lazy<Bots> bots = new(() => new());
    private readonly Lazy<Families> families = new(() => new());
    private ConcurrentDictionary<string, UserAgent> young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, UserAgent> old = new(StringComparer.Ordinal);

    /// <summary>How many are kept now.</summary>
    public int Count => young.Count + old.Count;

    /// <param name="userAgent">The header as sent; anyone can send anything.</param>
    public UserAgent Read(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return UserAgent.Bot;
        }

        var key = userAgent.Length > MaxLength ? userAgent[..MaxLength] : userAgent;
        return young.TryGetValue(key, out var known) ? known : Keep(key, old.TryGetValue(key, out known) ? known : Examine(key));
    }

    private UserAgent Examine(string userAgent) => bots.Value.Include(userAgent)
        ? UserAgent.Bot
        : new(IsBot: false, DeviceKind.Of(userAgent), families.Value.Browser(userAgent), families.Value.Os(userAgent));

    private UserAgent Keep(string key, UserAgent value)
    {
        if (young.Count >= Capacity / 2)
        {
            old = young;
            young = new(StringComparer.Ordinal);
        }

        young.TryAdd(key, value);
        return value;
    }
}

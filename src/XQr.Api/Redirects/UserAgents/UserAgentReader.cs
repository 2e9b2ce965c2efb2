using XQr.Api.Primitives;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>
/// Reads user agent strings. Rules are loaded at the first read. Results are cached up to a maximum number
/// (<see cref="BoundedCache{TValue}"/>).
/// </summary>
internal sealed class UserAgentReader
{
    /// <summary>
    /// The maximum number of characters that are read and cached. Browsers send fewer than 300, in-app browsers fewer than 500.
    /// </summary>
    public const int MaxLength = 512;

    /// <summary>The maximum number of cached results, about 5 MB.</summary>
    public const int Capacity = 4096;

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromHours(1);

    private readonly Lazy<Bots> bots = new(() => new());
    private readonly Lazy<Families> families = new(() => new());
    private readonly BoundedCache<UserAgent> known;
    private readonly Func<string, UserAgent> examine;

    public UserAgentReader(TimeProvider time)
    {
        known = new(Capacity, IdleTimeout, time);
        examine = Examine;
    }

    /// <summary>Gets the number of cached results.</summary>
    public int Count => known.Count;

    /// <summary>Returns the properties in a user agent string. An empty one is of a program.</summary>
    /// <param name="userAgent">The header as sent. It can contain any text.</param>
    public UserAgent Read(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return UserAgent.Bot;
        }

        return known.GetOrAdd(Shorten(userAgent), examine);
    }

    /// <summary>Returns the part of a header that is read.</summary>
    public static string Shorten(string userAgent) => userAgent.Length > MaxLength ? userAgent[..MaxLength] : userAgent;

    private UserAgent Examine(string userAgent) => bots.Value.Include(userAgent)
        ? UserAgent.Bot
        : new(IsBot: false, DeviceKind.Of(userAgent), families.Value.Browser(userAgent), families.Value.Os(userAgent));
}

namespace XQr.Api.Redirects.UserAgents;

/// <summary>
/// Reads user agent strings. Nothing is loaded before the first read. What was read is kept, as far as there is room
/// (<see cref="Generations{TValue}"/>).
/// </summary>
internal sealed class UserAgentReader
{
    /// <summary>Browsers send less than 300 characters, in-app browsers less than 500. What follows is not read, and not kept either.</summary>
    public const int MaxLength = 512;

    /// <summary>How many are kept, at most about 5 MB.</summary>
    public const int Capacity = 4096;

    private readonly Lazy<Bots> bots = new(() => new());
    private readonly Lazy<Families> families = new(() => new());
    private readonly Generations<UserAgent> known = new(Capacity);
    private readonly Func<string, UserAgent> examine;

    public UserAgentReader() => examine = Examine;

    /// <summary>How many are kept now.</summary>
    public int Count => known.Count;

    /// <param name="userAgent">The header as sent; anyone can send anything.</param>
    public UserAgent Read(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return UserAgent.Bot;
        }

        return known.GetOrAdd(Shorten(userAgent), examine);
    }

    /// <summary>What is read of a header.</summary>
    public static string Shorten(string userAgent) => userAgent.Length > MaxLength ? userAgent[..MaxLength] : userAgent;

    private UserAgent Examine(string userAgent) => bots.Value.Include(userAgent)
        ? UserAgent.Bot
        : new(IsBot: false, DeviceKind.Of(userAgent), families.Value.Browser(userAgent), families.Value.Os(userAgent));
}

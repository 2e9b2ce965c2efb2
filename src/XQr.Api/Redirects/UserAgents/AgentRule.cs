using System.Text.RegularExpressions;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>A rule of <c>Data/*.json</c>: what it looks for in a user agent string, and the family that this tells.</summary>
/// <param name="Any">The rule can hold only where one of these strings occurs. Looking for them is quick and rules out almost all rules.</param>
/// <param name="Pattern">The regular expression that decides then; null where the strings alone decide.</param>
/// <param name="Name">The family, with <c>$1</c> for the first group; null for the group alone.</param>
internal sealed record AgentRule(string[] Any, string? Pattern, string? Name)
{
    /// <summary>
    /// Bounds what a hostile string can cost; none of the length that is read was found to cost more than some milliseconds. Patterns are
    /// interpreted: without backtracking the first read takes two to three times as long, and .NET refuses one of uap-core's patterns.
    /// </summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>A family comes from the visitor in part, and must not become a text of his choice.</summary>
    private const int MaxNameLength = 64;

    private Regex? regex;

    /// <summary>The family, empty where a rule without name or group holds; null where the rule doesn't hold.</summary>
    public string? Match(string userAgent)
    {
        if (!Occurs(userAgent))
        {
            return null;
        }

        if (Pattern is null)
        {
            return Name ?? "";
        }

        regex ??= new(Pattern, RegexOptions.CultureInvariant, MatchTimeout);
        try
        {
            return regex.Match(userAgent) is { Success: true } match ? NameOf(match) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private string NameOf(Match match)
    {
        var name = Name is null ? match.Groups[1].Value : Name.Replace("$1", match.Groups[1].Value, StringComparison.Ordinal);
        return name.Length > MaxNameLength ? UserAgent.Other : name.Trim();
    }

    private bool Occurs(string userAgent)
    {
        foreach (var text in Any)
        {
            if (userAgent.Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Text.RegularExpressions;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>A rule of <c>Data/*.json</c>: a match in a user agent string and the family that it identifies.</summary>
/// <param name="Any">The strings of which one must occur for the rule to match. This quick check excludes almost all rules.</param>
/// <param name="Pattern">The regular expression that must match then; null if the strings are sufficient.</param>
/// <param name="Name">The family, with <c>$1</c> for the first group; null for the group alone.</param>
internal sealed record AgentRule(string[] Any, string? Pattern, string? Name)
{
    /// <summary>
    /// Limits the cost of a hostile string; no known string takes more than some milliseconds. Patterns are interpreted: without
    /// backtracking the first read takes two to three times as long, and .NET does not support one of uap-core's patterns.
    /// </summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The maximum length of a family, which partly comes from the visitor.</summary>
    private const int MaxNameLength = 64;

    private Regex? regex;

    /// <summary>Returns the family, empty for a matching rule without name or group, or null if the rule does not match.</summary>
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

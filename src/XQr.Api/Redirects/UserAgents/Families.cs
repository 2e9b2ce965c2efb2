namespace XQr.Api.Redirects.UserAgents;

/// <summary>Finds the names of browsers and operating systems by the rules of uap-core (docs/specification.md there).</summary>
internal sealed class Families
{
    private readonly AgentRules browsers = new("browsers");
    private readonly AgentRules systems = new("systems");

    /// <summary>Returns the browser family, or <c>Other</c>.</summary>
    public string Browser(string userAgent) => BrowserName(browsers.Find(userAgent) ?? UserAgent.Other);

    /// <summary>Returns the operating system family, or <c>Other</c>.</summary>
    public string Os(string userAgent) => systems.Find(userAgent) ?? UserAgent.Other;

    /// <summary>
    /// Returns a family of uap-core without "Mobile" and "iOS", so that a browser has one name on all devices: "Mobile Safari" is "Safari",
    /// "Chrome Mobile" and "Chrome Mobile iOS" are "Chrome". Web views in apps keep their own names.
    /// </summary>
    public static string BrowserName(string family) =>
        family.Contains("Mobile", StringComparison.Ordinal) || family.EndsWith(" iOS", StringComparison.Ordinal)
            ? string.Join(' ', family.Split(' ').Where(word => word is not ("Mobile" or "iOS")))
            : family;
}

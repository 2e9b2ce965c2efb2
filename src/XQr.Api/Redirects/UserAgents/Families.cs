namespace XQr.Api.Redirects.UserAgents;

/// <summary>The names of browsers and operating systems, by uap-core's rules (its docs/specification.md).</summary>
internal sealed class Families
{
    private readonly AgentRules browsers = new("browsers");
    private readonly AgentRules systems = new("systems");

    public string Browser(string userAgent) => BrowserName(browsers.Find(userAgent) ?? UserAgent.Other);

    public string Os(string userAgent) => systems.Find(userAgent) ?? UserAgent.Other;

    /// <summary>
    /// A family of uap-core without "Mobile" and "iOS", so that a browser has one name on all devices: "Mobile Safari" is "Safari",
    /// "Chrome Mobile" and "Chrome Mobile iOS" are "Chrome". The web views that apps show pages in keep names of their own.
    /// </summary>
    public static string BrowserName(string family) =>
        family.Contains("Mobile", StringComparison.Ordinal) || family.EndsWith(" iOS", StringComparison.Ordinal)
            ? string.Join(' ', family.Split(' ').Where(word => word is not ("Mobile" or "iOS")))
            : family;
}

using System.Text.RegularExpressions;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>Tells programs from people: search engines, link previews, monitors, libraries, command line tools.</summary>
internal sealed partial class Bots
{
    private readonly AgentRules known = new("bots");

    public bool Include(string userAgent) =>
        !BrowserLike().IsMatch(userAgent) || SaysSo().IsMatch(userAgent) || known.Find(userAgent) is not null;

    /// <summary>
    /// Browsers begin with <c>Mozilla/</c> (Compatibility standard, https://compat.spec.whatwg.org/#ua-string-section), apart from old
    /// ones, those of some phones and televisions, and those for terminals. Tools begin with their own name: <c>curl/8.5.0</c>,
    /// <c>Go-http-client/2.0</c>, <c>Dalvik/2.1.0</c>.
    /// </summary>
    [GeneratedRegex(
        """
        ^(?:Mozilla/|Opera[\ /]|UCWEB|JUC|IUC|M?QQBrowser/|HbbTV/|NetFront/|OneBrowser/|Dolphin/|DoCoMo/|KDDI-|SoftBank/|Vodafone/|BlackBerry|
        N(?:okia|OKIA)|SAMSUNG|SonyEricsson|LG|MOT-|ZTE|HUAWEI|Lynx/|Links\ \(|ELinks|w3m/|NetSurf/|Dillo/)|Profile/MIDP|UP\.Browser
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex BrowserLike();

    /// <summary>
    /// The words that bots call themselves by, and the address of a page about them, which no browser gives; not the phones of the make
    /// Cubot. Also Microsoft Office, which asks for a link by itself before it hands it to the browser, and Apple's library for apps.
    /// </summary>
    [GeneratedRegex(@"(?<!cu)bot(?![a-z])|crawl|spider|scraper|\+https?:|ms-office|CFNetwork/", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SaysSo();
}

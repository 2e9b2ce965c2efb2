using System.Text.RegularExpressions;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>Recognises programs: search engines, link previews, monitors, libraries and command line tools.</summary>
internal sealed partial class Bots
{
    private readonly AgentRules known = new("bots");

    /// <summary>Returns whether a user agent string is of a program.</summary>
    public bool Include(string userAgent) =>
        !ShowsPages().IsMatch(userAgent) || NamesAProgram().IsMatch(userAgent) || known.Find(userAgent) is not null;

    /// <summary>
    /// Matches programs that show pages to a person: a browser's compatibility token or engine, a browser by name, a phone's profile, or an
    /// app that describes its own version and screen, as <c>[FBAN/FB4A;FBAV/567.1;…]</c> does. Tools name only themselves:
    /// <c>curl/8.5.0</c>, <c>Go-http-client/2.0</c>.
    /// </summary>
    [GeneratedRegex(
        """
        Mozilla\ ?/|(?:WebKit|Webkit|Presto|Trident|Gecko)/\d|MSIE[\ :]                                                      # compatibility, engines
        |\bOpera[\ /]|[Bb]rowser\b|UC(?:WEB|Browser|Pro)|NetFront|Obigo|Openwave|Dolphin[\ /]|HbbTV/                         # browsers
        |^(?:Lynx/|Links\ \(|ELinks|w3m/|NetSurf/|Dillo/|NCSA_Mosaic|Midori)
        |[Pp]rofile/MIDP|DoCoMo/|^(?:KDDI-|SoftBank/|Vodafone/|BlackBerry)                                                   # phones
        |\b(?:Nokia|NOKIA|SAMSUNG|SonyEricsson|LG|MOT|mot|ZTE|HUAWEI)[-\w]*/
        |\bFBAV/|\b\d{3,4}[x*X]\d{3,4}\b                                                                                     # apps, screens
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ShowsPages();

    /// <summary>
    /// Matches the ways in which programs name themselves in the user agent string of a browser; no browser does any of these.
    /// <list type="bullet">
    /// <item>A word for what the program does; not the phones of the make Cubot.</item>
    /// <item>An address of a page or a mailbox, with or without a plus before it.</item>
    /// <item>A product after <c>compatible;</c> where no browser has it, as in <c>(KHTML, like Gecko; compatible; X/1.1)</c>,
    /// <c>Safari/537.36 (compatible; X)</c> and <c>(compatible; X/1.0)</c>. Internet Explorer is <c>(compatible; MSIE 10.0; Windows …)</c>.</item>
    /// <item>A name alone after Mozilla, without a system or an engine: <c>Mozilla/5.0 (X/1.0)</c>.</item>
    /// <item>Microsoft Office, which requests a link before it hands it to the browser, and the libraries that apps use on iOS and Android.</item>
    /// </list>
    /// </summary>
    [GeneratedRegex(
        """
        (?<!cu)bot(?![a-z])|crawl|spider|scraper|fetcher|checker|monitor(?!ed)|validator|synthetic|transcoder|(?:uri|link|url)[-\ ]?preview
        |https?://|mailto:|\bwww\.\w|[\w.+-]+@[\w-]+\.[a-z]{2,}
        |KHTML,\ like\ Gecko;\ |(?<!^Mozilla/\d\.\d+\ ?)\(compatible;\ (?!MSIE)|\bcompatible;\ ?[\w\ .!-]*\w/v?\d[\w.]*(?:\)|;\ ?\+|;?\ *$)
        |^Mozilla/\d\.\d+\ (?:[^\s(;]+|\([^;()/]*(?:/[\w.]+)?\))\ *;?$
        |ms-office|CFNetwork/|\bDalvik/
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NamesAProgram();
}

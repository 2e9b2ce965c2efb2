using System.Text.RegularExpressions;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>
/// Finds the kind of a device. Neither user agent strings nor uap-core name it, so these rules follow the vendors' documentation; the first
/// match wins.
/// </summary>
internal static partial class DeviceKind
{
    public const string Desktop = "desktop";
    public const string Mobile = "mobile";
    public const string Tablet = "tablet";

    /// <summary>Returns the kind of a device: <c>desktop</c>, <c>mobile</c> or <c>tablet</c>.</summary>
    public static string Of(string userAgent) =>
        LargeScreen().IsMatch(userAgent) ? Desktop
        : TabletComputer().IsMatch(userAgent) ? Tablet
        : Phone().IsMatch(userAgent) ? Mobile
        : userAgent.Contains("Android", StringComparison.Ordinal) ? Tablet
        : Desktop;

    /// <summary>
    /// Matches televisions and headsets, which run Android too, and Windows, whose browsers say "Tablet PC" on any computer with a pen.
    /// Fire TV: https://developer.amazon.com/docs/fire-tv/user-agent-strings.html. HbbTV: ETSI TS 102 796, section 7.3.2.4.
    /// </summary>
    [GeneratedRegex(
        @"Windows NT|CrOS|HbbTV|SmartTV|SMART-TV|Smart-TV|SmartHub|Google ?TV|Android ?TV|Apple ?TV|BRAVIA|CrKey|Web0S|NetCast|Roku|\bAFT[A-Z]"
        + @"|OculusBrowser|\bTV\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex LargeScreen();

    /// <summary>
    /// Matches tablets that name themselves. Firefox says "Tablet;"
    /// (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/User-Agent/Firefox). Amazon's tablets have models that begin with KF
    /// (https://developer.amazon.com/docs/fire-tablets/ft-identifying-tablet-devices.html). An iPad requests desktop pages as a Macintosh:
    /// Safari cannot be distinguished from that, but other browsers and web views have their own names on iOS.
    /// </summary>
    [GeneratedRegex(
        @"iPad|Tablet;|Opera Tablet|Tablet OS|PlayBook|Kindle|Silk/|\bKF[A-Z]{2,}|Macintosh.*(?:CriOS|FxiOS|EdgiOS|OPT/|Mobile/)",
        RegexOptions.CultureInvariant)]
    private static partial Regex TabletComputer();

    /// <summary>
    /// Matches phones. All phone browsers send "Mobi"
    /// (https://developer.mozilla.org/docs/Web/HTTP/Guides/Browser_detection_using_the_user_agent); Android without it is a tablet
    /// (https://developer.chrome.com/docs/multidevice/user-agent). The other names are older phones.
    /// </summary>
    [GeneratedRegex(
        @"Mobi|iPhone|iPod|Windows (?:Phone|CE)|Opera Mini|UCWEB|JUC|BlackBerry|BB10|Symbian|SymbOS|Series ?[346]0|S60|Nokia|NOKIA|MIDP"
        + @"|UP\.Browser|J2ME|DoCoMo|KDDI-|SoftBank|FOMA|K[Aa][Ii]OS|hpwOS|webOS/|PalmOS|Bada|MQQBrowser|\bFBAN/"
        + @"|^(?:Instagram |OneBrowser|SAMSUNG|HUAWEI|SonyEricsson|LG|MOT-|ZTE)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}

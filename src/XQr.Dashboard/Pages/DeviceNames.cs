using XQr.Api.Links.Routing;

namespace XQr.Dashboard.Pages;

/// <summary>The names of kinds of devices.</summary>
internal static class DeviceNames
{
    /// <summary>Gets the kinds that a routing rule may have.</summary>
    public static IReadOnlyList<string> All => RoutingConditions.Devices;

    /// <summary>Returns the name of a kind of device as a title.</summary>
    public static string TitleOf(string device) => device switch
    {
        "mobile" => LinkTexts.MobileTitle,
        "tablet" => LinkTexts.TabletTitle,
        "desktop" => LinkTexts.DesktopTitle,
        _ => device,
    };

    /// <summary>Returns the name of a kind of device in a sentence.</summary>
    public static string Of(string device) => device switch
    {
        "mobile" => LinkTexts.Mobile,
        "tablet" => LinkTexts.Tablet,
        "desktop" => LinkTexts.Desktop,
        _ => device,
    };
}

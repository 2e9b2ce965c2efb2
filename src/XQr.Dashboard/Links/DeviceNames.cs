using XQr.Api.Links.Routing;

namespace XQr.Dashboard.Links;

/// <summary>The names of kinds of devices.</summary>
internal static class DeviceNames
{
    /// <summary>Gets the kinds that a routing rule may have.</summary>
    public static IReadOnlyList<string> All => RoutingConditions.Devices;

    /// <summary>Returns the name of a kind of device.</summary>
    public static string Of(string device) => device switch
    {
        "mobile" => LinkTexts.Mobile,
        "tablet" => LinkTexts.Tablet,
        "desktop" => LinkTexts.Desktop,
        _ => device,
    };
}

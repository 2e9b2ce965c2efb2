using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>Scans of a country.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; <c>ZZ</c> where it is unknown.</param>
/// <param name="Count">How many scans.</param>
internal sealed record CountryCountResponse(string Country, long Count) : IExample<CountryCountResponse>
{
    public static CountryCountResponse Example { get; } = new("DE", 2954);
}

/// <summary>Scans by a kind of device.</summary>
/// <param name="Device"><c>mobile</c>, <c>desktop</c> or <c>tablet</c>.</param>
/// <param name="Count">How many scans.</param>
internal sealed record DeviceCountResponse(string Device, long Count) : IExample<DeviceCountResponse>
{
    public static DeviceCountResponse Example { get; } = new("mobile", 3912);
}

/// <summary>Scans by a browser.</summary>
/// <param name="Browser">Its family, such as <c>Safari</c>.</param>
/// <param name="Count">How many scans.</param>
internal sealed record BrowserCountResponse(string Browser, long Count) : IExample<BrowserCountResponse>
{
    public static BrowserCountResponse Example { get; } = new("Safari", 2215);
}

/// <summary>Scans by an operating system.</summary>
/// <param name="Os">Its family, such as <c>iOS</c>.</param>
/// <param name="Count">How many scans.</param>
internal sealed record OsCountResponse(string Os, long Count) : IExample<OsCountResponse>
{
    public static OsCountResponse Example { get; } = new("iOS", 2190);
}

/// <summary>Scans by where visitors came from.</summary>
/// <param name="Referrer">The host; <c>direct</c> where none was told.</param>
/// <param name="Count">How many scans.</param>
internal sealed record ReferrerCountResponse(string Referrer, long Count) : IExample<ReferrerCountResponse>
{
    public static ReferrerCountResponse Example { get; } = new("direct", 4416);
}

/// <summary>Scans of the links with a label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Count">How many scans.</param>
internal sealed record LabelCountResponse(string Label, long Count) : IExample<LabelCountResponse>
{
    public static LabelCountResponse Example { get; } = new("print", 3120);
}

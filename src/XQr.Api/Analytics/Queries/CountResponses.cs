using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The scans from one country.</summary>
/// <param name="Country">The ISO 3166-1 alpha-2 code; <c>ZZ</c> if unknown.</param>
/// <param name="Count">The number of scans.</param>
internal sealed record CountryCountResponse(string Country, long Count) : IExample<CountryCountResponse>
{
    public static CountryCountResponse Example { get; } = new("DE", 2954);
}

/// <summary>The scans with one kind of device.</summary>
/// <param name="Device">The kind of device: <c>mobile</c>, <c>desktop</c> or <c>tablet</c>.</param>
/// <param name="Count">The number of scans.</param>
internal sealed record DeviceCountResponse(string Device, long Count) : IExample<DeviceCountResponse>
{
    public static DeviceCountResponse Example { get; } = new("mobile", 3912);
}

/// <summary>The scans with one browser.</summary>
/// <param name="Browser">The browser family, such as <c>Safari</c>.</param>
/// <param name="Count">The number of scans.</param>
internal sealed record BrowserCountResponse(string Browser, long Count) : IExample<BrowserCountResponse>
{
    public static BrowserCountResponse Example { get; } = new("Safari", 2215);
}

/// <summary>The scans with one operating system.</summary>
/// <param name="Os">The operating system family, such as <c>iOS</c>.</param>
/// <param name="Count">The number of scans.</param>
internal sealed record OsCountResponse(string Os, long Count) : IExample<OsCountResponse>
{
    public static OsCountResponse Example { get; } = new("iOS", 2190);
}

/// <summary>The scans from one referrer.</summary>
/// <param name="Referrer">The host name; <c>direct</c> if there is none.</param>
/// <param name="Count">The number of scans.</param>
internal sealed record ReferrerCountResponse(string Referrer, long Count) : IExample<ReferrerCountResponse>
{
    public static ReferrerCountResponse Example { get; } = new("direct", 4416);
}

/// <summary>The scans of links with one label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Count">The number of scans.</param>
internal sealed record LabelCountResponse(string Label, long Count) : IExample<LabelCountResponse>
{
    public static LabelCountResponse Example { get; } = new("print", 3120);
}

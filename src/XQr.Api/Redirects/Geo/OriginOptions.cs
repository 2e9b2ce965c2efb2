namespace XQr.Api.Redirects.Geo;

/// <summary>How the service learns where visitors come from (section <c>Xqr</c>), beside their addresses: <see cref="Pipeline.ClientOptions"/>.</summary>
public sealed class OriginOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = XQrOptions.Section;

    /// <summary>The header in which the platform's front end tells the visitor's country, as an ISO 3166-1 alpha-2 code.</summary>
    /// <value>For example <c>CF-IPCountry</c>. By default none. Name only one that the front end itself sets, else visitors choose their country.</value>
    public string? CountryHeader { get; set; }

    /// <summary>Where to look up the countries of addresses, for visitors whose country no header tells.</summary>
    public GeoIpOptions GeoIp { get; set; } = new();
}

/// <summary>The database of addresses (section <c>Xqr:GeoIp</c>).</summary>
public sealed class GeoIpOptions
{
    /// <summary>A country database in MaxMind's format (.mmdb). It is read again when the file is replaced.</summary>
    /// <value>A path; by default none, and a country that no header tells is unknown.</value>
    public string? DatabasePath { get; set; }
}

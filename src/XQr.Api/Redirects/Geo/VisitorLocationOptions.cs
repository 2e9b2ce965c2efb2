using Microsoft.Extensions.Options;
using XQr.Api.Urls;

namespace XQr.Api.Redirects.Geo;

/// <summary>Options for the country of visitors (section <c>Xqr</c>). <see cref="Pipeline.ClientOptions"/> has those for their address.</summary>
public sealed class VisitorLocationOptions
{
    /// <summary>The configuration section of these options.</summary>
    public const string Section = XQrOptions.Section;

    /// <summary>Gets or sets the header of the platform's front end that has the visitor's country as an ISO 3166-1 alpha-2 code.</summary>
    /// <value>
    /// For example <c>CF-IPCountry</c>; none by default. Use only a header that the front end always sets: otherwise visitors can choose it.
    /// </value>
    public string? CountryHeader { get; set; }

    /// <summary>Gets or sets the lookup of countries by address, used if no header has the country.</summary>
    public GeoIpOptions GeoIp { get; set; } = new();
}

/// <summary>Options for the country database (section <c>Xqr:GeoIp</c>).</summary>
public sealed class GeoIpOptions
{
    /// <summary>Gets or sets the path of a country database in MaxMind's format (.mmdb). The file is read again when it is replaced.</summary>
    /// <value>None by default: without a header, the country is unknown.</value>
    public string? DatabasePath { get; set; }
}

/// <summary>Checks at startup that the database can be read.</summary>
internal sealed class VisitorLocationOptionsValidator : IValidateOptions<VisitorLocationOptions>
{
    public ValidateOptionsResult Validate(string? name, VisitorLocationOptions options) =>
        options.GeoIp.DatabasePath is { Length: > 0 } path && GeoDatabase.Validate(path) is { } error
            ? ValidateOptionsResult.Fail(
                $"{VisitorLocationOptions.Section}:GeoIp:DatabasePath must be the path of a country database (.mmdb): {error}")
            : ValidateOptionsResult.Success;
}

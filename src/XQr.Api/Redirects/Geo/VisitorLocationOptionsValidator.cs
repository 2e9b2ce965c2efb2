using Microsoft.Extensions.Options;

namespace XQr.Api.Redirects.Geo;

/// <summary>Checks at startup that the database can be read.</summary>
internal sealed class VisitorLocationOptionsValidator : IValidateOptions<VisitorLocationOptions>
{
    public ValidateOptionsResult Validate(string? name, VisitorLocationOptions options) =>
        options.GeoIp.DatabasePath is { Length: > 0 } path && GeoDatabase.Validate(path) is { } error
            ? ValidateOptionsResult.Fail(
                $"{VisitorLocationOptions.Section}:GeoIp:DatabasePath must be the path of a country database (.mmdb): {error}")
            : ValidateOptionsResult.Success;
}

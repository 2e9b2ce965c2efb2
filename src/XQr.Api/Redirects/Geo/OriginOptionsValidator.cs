using Microsoft.Extensions.Options;

namespace XQr.Api.Redirects.Geo;

/// <summary>Finds a database that can't be used before the first visitor comes.</summary>
internal sealed class OriginOptionsValidator : IValidateOptions<OriginOptions>
{
    public ValidateOptionsResult Validate(string? name, OriginOptions options) =>
        options.GeoIp.DatabasePath is { Length: > 0 } path && GeoDatabase.Fault(path) is { } fault
            ? ValidateOptionsResult.Fail($"{OriginOptions.Section}:GeoIp:DatabasePath names no database of addresses that can be read: {fault}")
            : ValidateOptionsResult.Success;
}

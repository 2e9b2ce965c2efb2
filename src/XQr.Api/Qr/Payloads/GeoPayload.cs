using System.Globalization;
using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>Creates places as geo URIs (RFC 5870) in WGS 84. Their numbers have no exponent.</summary>
internal static class GeoPayload
{
    private const double MaxAltitude = 100_000;

    public static string? Write(IFields fields)
    {
        var (latitude, longitude, altitude) = (Coordinate(fields, "latitude"), Coordinate(fields, "longitude"), fields.Number("altitude"));
        if (altitude is not (null or >= -MaxAltitude and <= MaxAltitude))
        {
            fields.AddError("altitude", "must be a number of metres from -100,000 to 100,000");
        }

        foreach (var name in (string[])["latitude", "longitude"])
        {
            if (!fields.Has(name))
            {
                fields.AddError(name, "is required");
            }
        }

        return latitude is null || longitude is null
            ? null
            : $"geo:{latitude},{longitude}{(altitude is { } metres ? $",{Format(metres, "0.##")}" : "")}";
    }

    /// <summary>Reads degrees. Seven decimals are about a centimetre.</summary>
    private static string? Coordinate(IFields fields, string name) => fields.Number(name) is { } degrees ? Format(degrees, "0.#######") : null;

    private static string Format(double number, string format) =>
        number.ToString(format, CultureInfo.InvariantCulture) switch { "-0" => "0", var text => text };
}

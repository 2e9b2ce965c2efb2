using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>Reads and validates routing rules of a request.</summary>
internal static class RoutingFields
{
    /// <summary>More than the number of countries: duplicates count once.</summary>
    private const int MaxItems = 500;

    /// <summary>Returns the rules, or null if they are absent or invalid.</summary>
    public static IReadOnlyList<RoutingRule>? Rules(JsonFields fields, PublicUrls urls) =>
        fields.Objects("routing_rules", RoutingRules.Max) is { } rules
            ? [.. rules.Select(rule => Rule(rule, urls))]
            : null;

    private static RoutingRule Rule(JsonFields fields, PublicUrls urls)
    {
        if (!fields.Has("destination"))
        {
            fields.AddError("destination", "is required");
        }

        var rule = new RoutingRule(
            LinkFields.Url(fields, urls, "destination") ?? "",
            fields.Integer("priority", 0, RoutingRule.MaxPriority) ?? 0,
            fields.Object("conditions") is { } conditions ? Conditions(conditions) : new());
        fields.RejectUnknownProperties();
        return rule;
    }

    private static RoutingConditions Conditions(JsonFields fields)
    {
        var conditions = new RoutingConditions(
            Each(fields, "countries", ValidateCountry, code => code.ToUpperInvariant()),
            Mode(fields),
            Each(fields, "device_types", ValidateDevice, device => device),
            fields.Object("hours") is { } hours ? Hours(hours) : null,
            fields.Number("percentage", number => number is > 0 and <= 100, "must be a number over 0, at most 100"),
            fields.Time("expires_at"));
        if (conditions.CountryMode is not null && !fields.Has("countries"))
        {
            fields.AddError("country_mode", "needs countries");
        }

        fields.RejectUnknownProperties();
        return conditions;
    }

    /// <summary>Returns a list of at least one string without duplicates.</summary>
    private static string[]? Each(JsonFields fields, string name, Func<string, string?> validate, Func<string, string> normalize)
    {
        if (fields.Texts(name, MaxItems, validate) is not { } texts)
        {
            return null;
        }

        if (texts.Count == 0)
        {
            fields.AddError(name, "must have at least one item");
        }

        return [.. texts.Select(normalize).Distinct(StringComparer.Ordinal)];
    }

    private static CountryMode? Mode(JsonFields fields)
    {
        var mode = fields.Text("country_mode");
        if (mode is not (null or "include" or "exclude"))
        {
            fields.AddError("country_mode", "must be include or exclude");
        }

        return mode switch { null => null, "exclude" => CountryMode.Exclude, _ => CountryMode.Include };
    }

    private static RoutingHours Hours(JsonFields fields)
    {
        var hours = new RoutingHours(Hour("start"), Hour("end"));
        fields.RejectUnknownProperties();
        return hours;

        int Hour(string name)
        {
            if (!fields.Has(name))
            {
                fields.AddError(name, "is required");
            }

            return fields.Integer(name, 0, 23) ?? 0;
        }
    }

    private static string? ValidateCountry(string code) =>
        CountryCodes.Find(code) is not null ? null
        : CountryCodes.FindReported(code) is { } meant ? $"must be a country's code of ISO 3166-1 alpha-2: send {meant}"
        : "must be a country's code of ISO 3166-1 alpha-2, as in DE";

    private static string? ValidateDevice(string device) =>
        RoutingConditions.Devices.Contains(device, StringComparer.Ordinal) ? null : $"must be one of {string.Join(", ", RoutingConditions.Devices)}";
}

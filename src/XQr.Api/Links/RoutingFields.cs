using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>Reads and validates routing rules of a request.</summary>
internal static class RoutingFields
{
    private static readonly FieldRules OfRule = FieldRules.Of<RoutingRule>();
    private static readonly FieldRules OfConditions = FieldRules.Of<RoutingConditions>();
    private static readonly FieldRules OfHours = FieldRules.Of<RoutingHours>();

    /// <summary>Returns the rules, or null if they are absent or invalid.</summary>
    public static IReadOnlyList<RoutingRule>? Rules(JsonFields fields, PublicUrls urls) =>
        fields.Objects("routing_rules", OfRule) is { } rules
            ? [.. rules.Select(rule => Rule(rule, urls))]
            : null;

    private static RoutingRule Rule(JsonFields fields, PublicUrls urls)
    {
        var rule = new RoutingRule(
            LinkFields.Destination(fields, urls, "destination") ?? "",
            fields.Integer("priority") ?? 0,
            fields.Object("conditions", OfConditions) is { } conditions ? Conditions(conditions) : new());
        fields.RejectUnknownProperties();
        return rule;
    }

    private static RoutingConditions Conditions(JsonFields fields)
    {
        var conditions = new RoutingConditions(
            Each(fields, "countries", ValidateCountry, code => code.ToUpperInvariant()),
            fields.Choice<CountryMode>("country_mode"),
            Each(fields, "device_types", ValidateDevice, device => device),
            fields.Object("hours", OfHours) is { } hours ? Hours(hours) : null,
            Percentage(fields),
            fields.Time("expires_at"));
        if (conditions.CountryMode is not null && !fields.Has("countries"))
        {
            fields.AddError("country_mode", "needs countries");
        }

        fields.RejectUnknownProperties();
        return conditions;
    }

    /// <summary>Returns a list of strings without duplicates.</summary>
    private static string[]? Each(JsonFields fields, string name, Func<string, string?> validate, Func<string, string> normalize) =>
        fields.Texts(name, validate) is { } texts
            ? [.. texts.Select(normalize).Distinct(StringComparer.Ordinal)]
            : null;

    /// <summary>Returns a number over 0: its range includes 0.</summary>
    private static double? Percentage(JsonFields fields)
    {
        var percentage = fields.Number("percentage");
        if (percentage is 0)
        {
            fields.AddError("percentage", RoutingConditions.PercentageRule);
        }

        return percentage;
    }

    private static RoutingHours Hours(JsonFields fields)
    {
        var hours = new RoutingHours(fields.Integer("start") ?? 0, fields.Integer("end") ?? 0);
        fields.RejectUnknownProperties();
        return hours;
    }

    private static string? ValidateCountry(string code) =>
        CountryCodes.Find(code) is not null ? null
        : CountryCodes.FindReported(code) is { } meant ? $"must be an ISO 3166-1 alpha-2 country code: send {meant}"
        : "must be an ISO 3166-1 alpha-2 country code, such as DE";

    private static string? ValidateDevice(string device) =>
        RoutingConditions.Devices.Contains(device, StringComparer.Ordinal) ? null : $"must be one of {string.Join(", ", RoutingConditions.Devices)}";
}

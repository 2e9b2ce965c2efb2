using XQr.Api.Links.Routing;
using XQr.Api.Primitives;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>Writes routing rules as sentences.</summary>
internal static class RuleSentences
{
    private const int MaxCountries = 5;

    /// <summary>Returns the rules in the order in which they are tried.</summary>
    public static IReadOnlyList<RuleSentenceModel> Of(RoutingRules rules) =>
        [.. rules.All.OrderBy(rule => rule.Priority).Select(rule => new RuleSentenceModel(Visitors(rule.Conditions), rule.Destination))];

    /// <summary>Returns the rules as a text with a line for each.</summary>
    public static string Text(RoutingRules rules) => rules.Any
        ? string.Join('\n', Of(rules).Select(rule => $"{rule.Visitors}: {rule.Destination}"))
        : LinkTexts.NoRules;

    private static string Visitors(RoutingConditions conditions)
    {
        var parts = new List<string>();
        if (conditions.Countries is { } countries)
        {
            var text = conditions.CountryMode == CountryMode.Exclude ? LinkTexts.RuleNotFrom : LinkTexts.RuleFrom;
            parts.Add(Values.Format(text, Names(countries)));
        }

        if (conditions.DeviceTypes is { } devices)
        {
            parts.Add(Values.Format(LinkTexts.RuleOn, string.Join(", ", devices.Select(DeviceNames.Of))));
        }

        if (conditions.Hours is { } hours)
        {
            parts.Add(Values.Format(LinkTexts.RuleHours, hours.Start, hours.End));
        }

        if (conditions.Percentage is { } percentage)
        {
            parts.Add(Values.Format(LinkTexts.RulePercentage, percentage));
        }

        if (conditions.ExpiresAt is { } end)
        {
            parts.Add(Values.Format(LinkTexts.RuleUntil, end.UtcDateTime));
        }

        return parts.Count == 0 ? LinkTexts.RuleEveryone : Values.Format(LinkTexts.RuleVisitors, string.Join("; ", parts));
    }

    private static string Names(IReadOnlyList<string> codes)
    {
        var names = string.Join(", ", codes.Take(MaxCountries).Select(CountryCodes.NameOf));
        return codes.Count > MaxCountries ? Values.Format(LinkTexts.RuleMoreCountries, names, codes.Count - MaxCountries) : names;
    }
}

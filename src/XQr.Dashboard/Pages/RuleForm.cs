using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using XQr.Api.Links.Routing;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>
/// The routing rules of a form. Their fields have the paths of the API, such as <c>routing_rules[0].conditions.hours.start</c>. The rules
/// are in the order in which they are tried.
/// </summary>
internal static class RuleForm
{
    /// <summary>The name of the buttons that change the list.</summary>
    public const string ActionName = "action";

    /// <summary>The maximum number of rules.</summary>
    public const int Max = RoutingRules.Max;

    private const string AddAction = "add-rule";

    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>Returns the rules of a link.</summary>
    public static List<RuleModel> Of(RoutingRules rules) => [.. rules.All.OrderBy(rule => rule.Priority).Select(Of)];

    /// <summary>Reads the rules of a form.</summary>
    public static List<RuleModel> Read(IFormCollection form)
    {
        var rules = new List<RuleModel>();
        while (rules.Count < RoutingRules.Max && form.ContainsKey($"routing_rules[{rules.Count}].destination"))
        {
            rules.Add(Read(form, $"routing_rules[{rules.Count}]."));
        }

        return rules;
    }

    /// <summary>Returns the fields of a rule for its place in the form and for the links of errors.</summary>
    public static IEnumerable<FieldModel> Fields(FormState form, RuleModel rule, int index)
    {
        return
        [
            Field("destination", LinkTexts.Destination, rule.Destination) with { Type = "url", MaxLength = 2048, Placeholder = "https://" },
            Field("conditions.countries", LinkTexts.Countries, rule.Countries) with { Hint = LinkTexts.CountriesHint },
            Field("conditions.country_mode", LinkTexts.CountryMode, rule.CountryMode) with
            {
                Type = "select",
                Choices = [new("", LinkTexts.CountryInclude), new("exclude", LinkTexts.CountryExclude)],
            },
            Field("conditions.device_types", LinkTexts.Devices, ""),
            Field("conditions.hours.start", LinkTexts.HoursStart, rule.HoursStart) with { Type = "number", Hint = LinkTexts.HoursHint },
            Field("conditions.hours.end", LinkTexts.HoursEnd, rule.HoursEnd) with { Type = "number" },
            Field("conditions.percentage", LinkTexts.Percentage, rule.Percentage) with { Hint = LinkTexts.PercentageHint },
            Field("conditions.expires_at", LinkTexts.RuleExpires, rule.ExpiresAt) with { Type = "datetime-local" },
        ];

        FieldModel Field(string name, string label, string value)
        {
            var path = $"routing_rules[{index}].{name}";
            return new(path, label, value) { Error = form.Error(path) };
        }
    }

    /// <summary>Returns the first field of a rule that a button has just added; null for other buttons.</summary>
    public static string? AddedField(IReadOnlyList<RuleModel> rules, string action) =>
        action == AddAction ? $"routing_rules[{rules.Count - 1}].destination" : null;

    /// <summary>Adds, removes or moves a rule, as the pressed button says. Returns false for a button that does none of it.</summary>
    public static bool TryChange(List<RuleModel> rules, string action)
    {
        if (action == AddAction)
        {
            rules.Add(new(Priority: rules.Count == 0 ? "0" : rules[^1].Priority));
            return true;
        }

        var parts = action.Split('-');
        if (parts is not [var what, "rule", var position]
            || !int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= rules.Count)
        {
            return false;
        }

        var rule = rules[index];
        rules.RemoveAt(index);
        if (what != "remove")
        {
            rules.Insert(Math.Clamp(what == "up" ? index - 1 : index + 1, 0, rules.Count), rule);
        }

        return true;
    }

    /// <summary>Returns the rules as the API reads them. If their priorities do not follow their order, they are numbered again.</summary>
    public static JsonArray ToJson(IReadOnlyList<RuleModel> rules)
    {
        int[] priorities = [.. rules.Select(PriorityOf)];
        var areInOrder = priorities is not [-1, ..] && priorities.Order().SequenceEqual(priorities);
        return [.. rules.Select((rule, index) => (JsonNode)ToJson(rule, areInOrder ? priorities[index] : index))];
    }

    /// <summary>Returns the rules that the API reads from a form that it has accepted.</summary>
    public static RoutingRules Parse(IReadOnlyList<RuleModel> rules) =>
        RoutingRules.FromJson(rules.Count == 0 ? [] : Encoding.UTF8.GetBytes(ToJson(rules).ToJsonString()));

    private static int PriorityOf(RuleModel rule) =>
        int.TryParse(rule.Priority, NumberStyles.None, CultureInfo.InvariantCulture, out var priority) ? priority : -1;

    private static RuleModel Of(RoutingRule rule)
    {
        var conditions = rule.Conditions;
        return new(
            rule.Destination,
            $"{rule.Priority}",
            string.Join(", ", conditions.Countries ?? []),
            conditions.CountryMode == CountryMode.Exclude ? "exclude" : "",
            conditions.DeviceTypes ?? [],
            $"{conditions.Hours?.Start}",
            $"{conditions.Hours?.End}",
            conditions.Percentage?.ToString(CultureInfo.InvariantCulture) ?? "",
            FormTimes.Of(conditions.ExpiresAt));
    }

    private static RuleModel Read(IFormCollection form, string prefix)
    {
        return new(
            Text("destination"),
            Text("priority"),
            Text("conditions.countries"),
            Text("conditions.country_mode"),
            [.. form[$"{prefix}conditions.device_types"].OfType<string>()],
            Text("conditions.hours.start"),
            Text("conditions.hours.end"),
            Text("conditions.percentage"),
            Text("conditions.expires_at"));

        string Text(string name) => form[prefix + name].ToString();
    }

    private static JsonObject ToJson(RuleModel rule, int priority)
    {
        var conditions = new JsonObject();
        var countries = rule.Countries.ToUpperInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        Add("countries", countries.Length > 0 ? ToArray(countries) : null);
        Add("country_mode", countries.Length > 0 && rule.CountryMode.Length > 0 ? rule.CountryMode : null);
        Add("device_types", rule.Devices is { Count: > 0 } devices ? ToArray(devices) : null);
        Add("hours", rule.HoursStart.Length + rule.HoursEnd.Length > 0 ? Hours(rule) : null);
        Add("percentage", Number(rule.Percentage));
        Add("expires_at", FormBody.ToTime(rule.ExpiresAt));
        return new() { ["destination"] = rule.Destination, ["priority"] = priority, ["conditions"] = conditions };

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                conditions[name] = value;
            }
        }
    }

    private static JsonObject Hours(RuleModel rule)
    {
        var hours = new JsonObject();
        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[("start", rule.HoursStart), ("end", rule.HoursEnd)])
        {
            if (Number(text) is { } hour)
            {
                hours[name] = hour;
            }
        }

        return hours;
    }

    /// <summary>Returns a number; a text that is none stays a text, so that the operation reports it.</summary>
    private static JsonNode? Number(string text)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return text.Length == 0 ? null
            : decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number) ? number
            : text;
    }

    private static JsonArray ToArray(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}

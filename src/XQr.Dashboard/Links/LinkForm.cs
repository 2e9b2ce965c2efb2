using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>The fields of the form of a link.</summary>
internal static class LinkForm
{
    /// <summary>Returns the form of a link.</summary>
    public static FormState Of(Link link) => FormState.Of(
        ("url", link.Destination),
        ("labels", string.Join('\n', link.Labels)),
        ("enabled", link.Enabled ? "true" : "false"),
        ("expires_at", FormTimes.Of(link.ExpiresAt)));

    /// <summary>Returns the body of an operation. A form without rules has no property for them, unless it has the list.</summary>
    public static FormBody Body(IFormCollection form, IReadOnlyList<RuleModel> rules)
    {
        var body = new FormBody(form).Text("url").Lines("labels").Boolean("enabled").TimeOrNull("expires_at");
        return form.ContainsKey("has_rules") ? body.Node("routing_rules", RuleForm.ToJson(rules)) : body;
    }

    /// <summary>Returns the fields that differ between the form and the link as it is now.</summary>
    public static IReadOnlyList<ConflictModel> Conflicts(IFormCollection form, IReadOnlyList<RuleModel> rules, Link current)
    {
        var stored = Of(current);
        var labels = string.Join('\n', FormBody.LinesOf(form["labels"]));
        var enabled = form["enabled"] is [.., "true" or "on"];
        return
        [
            .. new ConflictModel[]
            {
                new(LinkTexts.Destination, form["url"].ToString(), stored.Value("url")),
                new(LinkTexts.Labels, labels, stored.Value("labels")),
                new(LinkTexts.State, OnOff(enabled), OnOff(current.Enabled)),
                new(LinkTexts.ExpiresAt, Time(form["expires_at"].ToString()), Time(stored.Value("expires_at"))),
                new(LinkTexts.RoutingRules, RuleSentences.Text(RuleForm.Parse(rules)), RuleSentences.Text(current.RoutingRules)),
            }.Where(field => field.Yours != field.Current),
        ];
    }

    private static string OnOff(bool enabled) => enabled ? LinkTexts.On : LinkTexts.Off;

    private static string Time(string value) => value.Length == 0 ? LinkTexts.Never : $"{value.Replace('T', ' ')} UTC";
}

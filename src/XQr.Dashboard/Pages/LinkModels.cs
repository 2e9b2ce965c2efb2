using Microsoft.AspNetCore.Html;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>A link in lists and at the head of its page.</summary>
/// <param name="Id">The id of the link.</param>
/// <param name="Path">The path of the link's page.</param>
/// <param name="ShortUrl">The URL that visitors follow.</param>
/// <param name="ShortText">The short URL without its scheme.</param>
/// <param name="ShortCode">The short code.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Enabled">True if the link redirects visitors.</param>
/// <param name="Rules">The number of routing rules.</param>
/// <param name="ExpiresAt">The time the link expires; null if it does not.</param>
/// <param name="IsExpired">True if the link has expired.</param>
/// <param name="Scans">The number of scans by people.</param>
/// <param name="RecentScans">The scans of each of the last 30 days; null if they are not known.</param>
/// <param name="LastScanAt">The time of the last scan; null if there is none.</param>
/// <param name="Version">The entity tag of the link.</param>
public sealed record LinkModel(
    string Id,
    string Path,
    string ShortUrl,
    string ShortText,
    string ShortCode,
    string Destination,
    IReadOnlyList<string> Labels,
    bool Enabled,
    int Rules,
    DateTimeOffset? ExpiresAt,
    bool IsExpired,
    long Scans,
    IReadOnlyList<long>? RecentScans,
    DateTimeOffset? LastScanAt,
    string Version);

/// <summary>The model of the form of a new or existing link.</summary>
/// <param name="Layout">The model of the layout.</param>
/// <param name="Action">The path that the form is sent to.</param>
/// <param name="Cancel">The path of the page that the person came from.</param>
/// <param name="Form">The content of the form.</param>
/// <param name="Rules">The routing rules in the form.</param>
/// <param name="CanRoute">True if the plan includes routing rules.</param>
/// <param name="KeptRules">The rules as sentences, if the plan does not let the person change them.</param>
/// <param name="Link">The link; null for a new one.</param>
/// <param name="CreationId">The id of the creation, so that a form that is sent twice creates one link; null for an existing link.</param>
/// <param name="Version">The version that the form changes; null for a new link.</param>
/// <param name="Preview">The QR code.</param>
/// <param name="Conflict">The fields that another person has changed in the meantime; null if there is no conflict.</param>
public sealed record LinkFormModel(
    LayoutModel Layout,
    string Action,
    string Cancel,
    FormState Form,
    IReadOnlyList<RuleModel> Rules,
    bool CanRoute,
    IReadOnlyList<RuleSentenceModel> KeptRules,
    LinkModel? Link,
    string? CreationId,
    string? Version,
    PreviewModel Preview,
    IReadOnlyList<ConflictModel>? Conflict = null)
{
    /// <summary>Gets the path of the page with the limits of the plan if the form was refused because of one; otherwise null.</summary>
    public string? LimitsPath { get; init; }

    /// <summary>Gets the name of the field that has the focus when the form opens; null for none.</summary>
    public string? Focus { get; init; }

    /// <summary>Gets the address of short links, which comes before the short code.</summary>
    public string ShortRoot => Preview.ShortRoot;
}

/// <summary>The QR code that a short code has or would have.</summary>
/// <param name="ShortRoot">The address of short links, which comes before the short code.</param>
/// <param name="ShortCode">The short code; null if it is not known yet.</param>
/// <param name="Code">The QR code as SVG; null without a short code.</param>
/// <param name="ReplacesAnother">True if htmx replaces the preview on the page.</param>
public sealed record PreviewModel(string ShortRoot, string? ShortCode, HtmlString? Code, bool ReplacesAnother = false);

/// <summary>A routing rule in the form, as the person entered it.</summary>
public sealed record RuleModel(
    string Destination = "",
    string Priority = "",
    string Countries = "",
    string CountryMode = "",
    IReadOnlyList<string>? Devices = null,
    string HoursStart = "",
    string HoursEnd = "",
    string Percentage = "",
    string ExpiresAt = "");

/// <summary>The model of the fields of a routing rule.</summary>
/// <param name="Form">The form with the errors.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Index">The position of the rule, from 0.</param>
/// <param name="Count">The number of rules.</param>
public sealed record RuleFieldsModel(FormState Form, RuleModel Rule, int Index, int Count)
{
    /// <summary>Gets the name of the field that has the focus when the form opens; null for none.</summary>
    public string? Focus { get; init; }

    /// <summary>Returns the name of a field of the rule, which is its path in the API.</summary>
    public string Name(string field) => $"routing_rules[{Index}].{field}";
}

/// <summary>A field that two people have changed.</summary>
/// <param name="Label">The label of the field.</param>
/// <param name="Yours">The value in the form.</param>
/// <param name="Current">The stored value.</param>
public sealed record ConflictModel(string Label, string Yours, string Current);

/// <summary>A routing rule as a sentence.</summary>
/// <param name="Visitors">The visitors whom the rule matches.</param>
/// <param name="Destination">The destination of these visitors.</param>
public sealed record RuleSentenceModel(string Visitors, string Destination);

/// <summary>The routing rules in the order in which they are tried.</summary>
public sealed record RuleListModel(IReadOnlyList<RuleSentenceModel> Rules);

/// <summary>The model of the page that asks whether a link is to be deleted.</summary>
public sealed record LinkDeleteModel(LayoutModel Layout, LinkModel Link, string? Error);

/// <summary>The model of the form with only a destination and a short code.</summary>
/// <param name="Action">The path that the form is sent to.</param>
/// <param name="Token">The antiforgery token.</param>
/// <param name="CreationId">The id of the creation, so that a form that is sent twice creates one link.</param>
/// <param name="ShortRoot">The address of short links, which comes before the short code.</param>
public sealed record ShortFormModel(string Action, string? Token, string CreationId, string ShortRoot);

/// <summary>The result of the check of a short code.</summary>
/// <param name="State"><c>free</c>, <c>taken</c>, <c>invalid</c>, or empty if there is nothing to check.</param>
/// <param name="Text">The text for the person.</param>
/// <param name="Preview">The QR code of the short code if it is free.</param>
public sealed record SlugStateModel(string State, string Text, PreviewModel Preview);

/// <summary>The model of the page of a link.</summary>
/// <param name="Layout">The model of the layout.</param>
/// <param name="Link">The link.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="UpdatedAt">The time of the last change.</param>
/// <param name="Preview">The QR code.</param>
/// <param name="Rules">The routing rules in the order in which they are tried.</param>
/// <param name="Statistics">The scans.</param>
/// <param name="Changes">The last changes, newest first.</param>
/// <param name="CanExport">True if the plan includes the export of scans.</param>
/// <param name="Notice">The result of the last change; null if there is none.</param>
public sealed record LinkPageModel(
    LayoutModel Layout,
    LinkModel Link,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    PreviewModel Preview,
    IReadOnlyList<RuleSentenceModel> Rules,
    LinkStatisticsModel Statistics,
    IReadOnlyList<LinkChangeModel> Changes,
    bool CanExport,
    string? Notice);

/// <summary>The scans of a link.</summary>
/// <param name="Period">The period of the counts: <c>7d</c>, <c>30d</c>, <c>90d</c> or <c>all</c>.</param>
/// <param name="Scans">The scans in the period.</param>
/// <param name="Days">The scans of each of the last 30 days.</param>
/// <param name="Breakdowns">The scans in the period by country, device and so on.</param>
/// <param name="Through">The time up to which scans are included; null if all are.</param>
public sealed record LinkStatisticsModel(
    string Period, long Scans, IReadOnlyList<ChartPoint> Days, IReadOnlyList<BreakdownModel> Breakdowns, DateTimeOffset? Through);

/// <summary>The scans by the values of a property.</summary>
/// <param name="Title">The property.</param>
/// <param name="Values">The values with the most scans.</param>
public sealed record BreakdownModel(string Title, IReadOnlyList<BreakdownValueModel> Values);

/// <summary>The scans with one value of a property.</summary>
/// <param name="Label">The value.</param>
/// <param name="Scans">The number of scans.</param>
/// <param name="Percentage">The share of all scans, 0 to 100.</param>
public sealed record BreakdownValueModel(string Label, long Scans, int Percentage);

/// <summary>A recorded change of a link.</summary>
/// <param name="At">The time of the change.</param>
/// <param name="By">The actor.</param>
/// <param name="Sentences">The changed values, at least one.</param>
public sealed record LinkChangeModel(DateTimeOffset At, string By, IReadOnlyList<ChangeSentenceModel> Sentences);

/// <summary>A changed value as a sentence.</summary>
/// <param name="Icon">The icon of the value.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Time">The time with which the sentence ends; null if there is none.</param>
public sealed record ChangeSentenceModel(string Icon, string Text, DateTimeOffset? Time = null);

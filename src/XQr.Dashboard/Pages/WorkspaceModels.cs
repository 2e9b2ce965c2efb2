using XQr.Dashboard.Forms;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>The model of the general settings of a workspace.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Path">The path of the page.</param>
/// <param name="WorkspaceId">The id of the workspace.</param>
/// <param name="Plan">The plan.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="Version">The entity tag of the workspace.</param>
/// <param name="Form">The form.</param>
/// <param name="Notice">The result of the last change, or the people who may change the settings; null if there is none.</param>
public sealed record GeneralSettingsModel(
    LayoutModel Layout,
    string Path,
    string WorkspaceId,
    string Plan,
    DateTimeOffset CreatedAt,
    string Version,
    FormState Form,
    AlertModel? Notice);

/// <summary>The model of the usage of a workspace.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Limits">The used part of each limit.</param>
/// <param name="Features">The features.</param>
public sealed record UsageModel(LayoutModel Layout, string Plan, IReadOnlyList<UsageLimitModel> Limits, IReadOnlyList<FeatureModel> Features);

/// <summary>The used part of a limit, and the effect of a limit that is reached.</summary>
public sealed record UsageLimitModel(UsageMeterModel Meter, string Effect);

/// <summary>A feature of the plan.</summary>
public sealed record FeatureModel(string Name, bool IsIncluded);

/// <summary>The model of the audit log.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Path">The path of the page.</param>
/// <param name="Filter">The filter.</param>
/// <param name="Entries">The entries of this part of the log.</param>
/// <param name="Pager">The links to other parts; null if there are none.</param>
/// <param name="Older">The search in older entries; null if all were searched.</param>
/// <param name="Newest">The URL of the newest part of the search; null if this is it.</param>
/// <param name="Error">The error of the filter; null if it has none.</param>
public sealed record AuditModel(
    LayoutModel Layout,
    string Path,
    AuditFilterModel Filter,
    IReadOnlyList<AuditEntryModel> Entries,
    PagerModel? Pager,
    OlderEntriesModel? Older,
    string? Newest,
    string? Error);

/// <summary>The filter of the audit log, as the person entered it. Empty fields match every entry.</summary>
/// <param name="Action">The kind of actions.</param>
/// <param name="Actor">A part of the name or the address of the person who made the change.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record AuditFilterModel(string Action, string Actor, string From, string To);

/// <summary>The continuation of a search in the audit log.</summary>
/// <param name="SearchedUntil">The time of the oldest entry that was searched.</param>
/// <param name="Url">The URL that continues.</param>
public sealed record OlderEntriesModel(DateTimeOffset SearchedUntil, string Url);

/// <summary>An entry of the audit log.</summary>
/// <param name="Icon">The icon.</param>
/// <param name="Sentence">The change.</param>
/// <param name="Email">The address of the person who made the change; null for an operator.</param>
/// <param name="At">The time of the change.</param>
public sealed record AuditEntryModel(string Icon, string Sentence, string? Email, DateTimeOffset At);

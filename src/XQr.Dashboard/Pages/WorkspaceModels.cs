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
/// <param name="Notice">The result of the last change; null if there is none.</param>
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
public sealed record AuditModel(
    LayoutModel Layout, string Path, AuditFilterModel Filter, IReadOnlyList<AuditEntryModel> Entries, PagerModel? Pager);

/// <summary>The filter of the audit log, as the person entered it.</summary>
/// <param name="About">The kind of objects; empty for all.</param>
/// <param name="Actor">A part of the name or the address of the person who made the change; empty for all.</param>
public sealed record AuditFilterModel(string About, string Actor)
{
    /// <summary>Gets whether the filter may exclude entries.</summary>
    public bool Any => About.Length > 0 || Actor.Length > 0;
}

/// <summary>An entry of the audit log.</summary>
/// <param name="Icon">The icon.</param>
/// <param name="Sentence">The change.</param>
/// <param name="Email">The address of the person who made the change; null for an operator.</param>
/// <param name="At">The time of the change.</param>
public sealed record AuditEntryModel(string Icon, string Sentence, string? Email, DateTimeOffset At);

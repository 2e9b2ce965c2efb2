using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>The model of the first page of a workspace.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="ShortForm">The form of a new link.</param>
/// <param name="Stats">The figures; none for a workspace without links.</param>
/// <param name="Chart">The scans of the last 30 days.</param>
/// <param name="ScansThrough">The time up to which scans are included; null if all are.</param>
/// <param name="Recent">The newest links.</param>
/// <param name="Attention">Links and limits that need attention.</param>
/// <param name="Steps">The first steps; none for a workspace that has taken them.</param>
/// <param name="Notice">The result of the last change; null if there is none.</param>
public sealed record HomeModel(
    LayoutModel Layout,
    ShortFormModel ShortForm,
    IReadOnlyList<StatModel> Stats,
    LineChartModel Chart,
    DateTimeOffset? ScansThrough,
    IReadOnlyList<LinkModel> Recent,
    IReadOnlyList<AttentionModel> Attention,
    IReadOnlyList<StepModel> Steps,
    AlertModel? Notice);

/// <summary>A link or a limit that needs attention.</summary>
/// <param name="Icon">The icon.</param>
/// <param name="Title">The link or the limit.</param>
/// <param name="Text">The reason.</param>
/// <param name="Path">The path of the page that helps.</param>
/// <param name="At">The time to which the reason refers; null if there is none.</param>
public sealed record AttentionModel(string Icon, string Title, string Text, string Path, DateTimeOffset? At = null);

/// <summary>A step of a new workspace.</summary>
/// <param name="Title">The step.</param>
/// <param name="Path">The path of the page for it; null if there is none yet.</param>
/// <param name="IsDone">True if it was taken.</param>
public sealed record StepModel(string Title, string? Path, bool IsDone);

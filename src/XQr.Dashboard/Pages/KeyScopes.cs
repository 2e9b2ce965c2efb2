using XQr.Api.Tenancy;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>The scopes that the form of a key offers: presets, and the scopes of each resource.</summary>
internal static class KeyScopes
{
    /// <summary>The preset of a key that reads all resources.</summary>
    public const string ReadPreset = "read";

    private const string LinksPreset = "links";
    private const string AllPreset = "all";
    private const string CustomPreset = "custom";
    private const string ReadSuffix = ":read";

    /// <summary>Gets the scopes of the resources that the API has.</summary>
    public static IReadOnlyList<ScopeGroupModel> Groups { get; } =
    [
        new(DeveloperTexts.ScopeLinks, [Read(Scopes.LinksRead), new(Scopes.LinksWrite, DeveloperTexts.ScopeWrite)]),
        new(
            DeveloperTexts.ScopeQr,
            [Read(Scopes.QrRead), new(Scopes.QrWrite, DeveloperTexts.ScopeWrite), new(Scopes.QrRender, DeveloperTexts.ScopeRender)]),
        new(DeveloperTexts.ScopeAnalytics, [Read(Scopes.AnalyticsRead)]),
        new(DeveloperTexts.ScopeAssets, [Read(Scopes.AssetsRead), new(Scopes.AssetsWrite, DeveloperTexts.ScopeWrite)]),
        new(DeveloperTexts.ScopeWorkspace, [Read(Scopes.WorkspaceRead)]),
    ];

    /// <summary>Gets the presets, with a hint for each.</summary>
    public static IReadOnlyList<(Choice Preset, string Hint)> Presets { get; } =
    [
        (new(ReadPreset, DeveloperTexts.PresetRead), DeveloperTexts.PresetReadHint),
        (new(LinksPreset, DeveloperTexts.PresetLinks), DeveloperTexts.PresetLinksHint),
        (new(AllPreset, DeveloperTexts.PresetAll), DeveloperTexts.PresetAllHint),
        (new(CustomPreset, DeveloperTexts.PresetCustom), DeveloperTexts.PresetCustomHint),
    ];

    /// <summary>Returns the scopes of a preset.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="chosen">The scopes that the person chose one by one.</param>
    public static IEnumerable<string> Of(string preset, IEnumerable<string> chosen) => preset switch
    {
        ReadPreset => Groups.SelectMany(group => group.Scopes).Select(scope => scope.Value)
            .Where(scope => scope.EndsWith(ReadSuffix, StringComparison.Ordinal)),
        LinksPreset => [Scopes.LinksRead, Scopes.LinksWrite, Scopes.QrRender],
        AllPreset => [Scopes.All],
        _ => chosen,
    };

    private static Choice Read(string scope) => new(scope, DeveloperTexts.ScopeRead);
}

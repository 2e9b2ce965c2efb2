namespace XQr.Dashboard.Pages;

/// <summary>A page of the settings.</summary>
/// <param name="Page">The path of the page in its workspace.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Letter">The letter that opens the page after the key G.</param>
/// <param name="Title">Returns the title.</param>
/// <param name="Hint">Returns other words by which the search finds the page.</param>
internal sealed record SettingsPage(string Page, string Icon, string Letter, Func<string> Title, Func<string> Hint);

/// <summary>The pages of the settings, in the order of the navigation.</summary>
internal static class SettingsPages
{
    /// <summary>Gets the pages.</summary>
    public static IReadOnlyList<SettingsPage> All { get; } =
    [
        new("settings/general", "settings", "s", () => FrameTexts.General, () => SearchTexts.GeneralHint),
        new("settings/members", "users", "m", () => FrameTexts.Members, () => SearchTexts.MembersHint),
        new("settings/developers", "key", "d", () => FrameTexts.Developers, () => SearchTexts.DevelopersHint),
        new("settings/usage", "usage", "u", () => FrameTexts.Usage, () => SearchTexts.UsageHint),
        new("settings/audit", "audit", "a", () => FrameTexts.Audit, () => SearchTexts.AuditHint),
    ];
}

/// <summary>The names of the roles for people.</summary>
internal static class RoleTexts
{
    /// <summary>Returns the name of a role.</summary>
    /// <param name="role">The role in the API.</param>
    public static string Of(string role) => role switch
    {
        "owner" => FrameTexts.Owner,
        "admin" => FrameTexts.Admin,
        _ => FrameTexts.Member,
    };
}

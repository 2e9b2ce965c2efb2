namespace XQr.Dashboard.Pages;

/// <summary>The pages of the settings, in the order of the navigation.</summary>
internal static class SettingsPages
{
    /// <summary>Gets the path of each page in its workspace, and its title.</summary>
    public static IReadOnlyList<(string Page, Func<string> Title)> All { get; } =
    [
        ("settings/general", () => FrameTexts.General),
        ("settings/members", () => FrameTexts.Members),
        ("settings/developers", () => FrameTexts.Developers),
        ("settings/usage", () => FrameTexts.Usage),
        ("settings/audit", () => FrameTexts.Audit),
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

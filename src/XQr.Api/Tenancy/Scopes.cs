namespace XQr.Api.Tenancy;

/// <summary>What a key may be allowed to do. Scopes match exactly: write doesn't imply read.</summary>
internal static class Scopes
{
    /// <summary>Grants every scope.</summary>
    public const string All = "*";

    public const string LinksRead = "links:read";
    public const string LinksWrite = "links:write";
    public const string QrRead = "qr:read";
    public const string QrWrite = "qr:write";
    public const string QrRender = "qr:render";
    public const string AnalyticsRead = "analytics:read";
    public const string WorkspaceRead = "workspace:read";
    public const string AssetsRead = "assets:read";
    public const string AssetsWrite = "assets:write";

    /// <summary>Every scope that a key may have, those of later resources included.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        All, LinksRead, LinksWrite, QrRead, QrWrite, QrRender, AnalyticsRead, AssetsRead, AssetsWrite, "bio:read",
        "bio:write", "reports:read", "reports:write", WorkspaceRead, "webhooks:read", "webhooks:write",
    ];
}

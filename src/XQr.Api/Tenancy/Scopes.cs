namespace XQr.Api.Tenancy;

/// <summary>The scopes of keys. Scopes match exactly: write does not imply read.</summary>
internal static class Scopes
{
    /// <summary>The scope that grants all scopes.</summary>
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

    /// <summary>All scopes, including those of resources to come.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        All, LinksRead, LinksWrite, QrRead, QrWrite, QrRender, AnalyticsRead, AssetsRead, AssetsWrite, "bio:read",
        "bio:write", "reports:read", "reports:write", WorkspaceRead, "webhooks:read", "webhooks:write",
    ];
}

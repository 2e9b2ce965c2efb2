using Microsoft.AspNetCore.Http;

namespace XQr.Dashboard.Urls;

/// <summary>The paths of the dashboard's pages.</summary>
internal static class Paths
{
    public static readonly PathString Root = "/dashboard";
    public static readonly PathString SignIn = "/dashboard/sign-in";
    public static readonly PathString SignInCallback = "/dashboard/sign-in/callback";
    public static readonly PathString SignOut = "/dashboard/sign-out";
    public static readonly PathString SignOutCallback = "/dashboard/sign-out/callback";
    public static readonly PathString Workspaces = "/dashboard/workspaces";

    /// <summary>Returns the path of a page of a workspace.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="page">The page, without a slash at its beginning; empty for the first page.</param>
    public static string Of(string workspaceId, string page = "") => page.Length == 0 ? $"{Root}/{workspaceId}" : $"{Root}/{workspaceId}/{page}";
}

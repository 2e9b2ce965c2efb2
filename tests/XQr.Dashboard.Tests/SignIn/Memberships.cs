using Microsoft.AspNetCore.Http;
using XQr.Api.Tenancy;
using XQr.Dashboard.Members;
using XQr.Dashboard.Sessions;
using XQr.Testing;

namespace XQr.Dashboard.Tests.SignIn;

/// <summary>Invites people, and reads their memberships as a page does.</summary>
internal static class Memberships
{
    /// <summary>Creates a workspace whose owner is a person with an address.</summary>
    /// <returns>The id of the workspace.</returns>
    public static async Task<string> InviteAsync(XQrApplication application, string email) =>
        (await application.Service<WorkspaceStore>().CreateAsync(new("Test", Plan.Pro, OwnerEmail: email), CancellationToken.None)).Id;

    /// <summary>Returns the membership of the person of a browser; null if there is none, or no session.</summary>
    public static async Task<Membership?> FindAsync(XQrApplication application, DashboardClient browser, string workspaceId)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        context.Request.Scheme = browser.Cookies.Keys.Any(name => name.StartsWith("__Host-", StringComparison.Ordinal)) ? "https" : "http";
        return await application.Service<SessionManager>().FindAsync(context) is { } session
            ? await application.Service<MembershipCache>().FindAsync(session.Id, workspaceId, CancellationToken.None)
            : null;
    }
}

using XQr.Api.Tenancy;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>Creates the models of keys.</summary>
internal sealed class KeyModelFactory(TimeProvider time)
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    /// <summary>Returns the path of the list of keys.</summary>
    public static string ListPath(string workspaceId) => Paths.Of(workspaceId, "settings/developers");

    /// <summary>Returns the path of the page of a key.</summary>
    public static string PagePath(string workspaceId, string id) => $"{ListPath(workspaceId)}/{Uri.EscapeDataString(id)}";

    /// <summary>Returns the model of a key.</summary>
    public KeyModel Of(ListedKey key)
    {
        var now = time.GetUtcNow();
        var (state, stateAt) = key switch
        {
            { RevokedAt: { } revokedAt } when revokedAt <= now => (KeyState.Revoked, revokedAt),
            { ExpiresAt: { } expiredAt } when expiredAt <= now => (KeyState.Expired, expiredAt),
            { RevokedAt: { } endsAt } => (KeyState.Replaced, endsAt),
            { ExpiresAt: { } expiresAt } => (expiresAt - now < ExpiresSoon ? KeyState.ExpiresSoon : KeyState.Expires, expiresAt),
            _ => (KeyState.Active, (DateTimeOffset?)null),
        };
        return new(
            key.Id,
            PagePath(key.WorkspaceId, key.Id),
            key.Name,
            key.Prefix,
            key.Scopes,
            key.CreatedAt,
            key.LastUsedAt,
            state,
            stateAt,
            Works: key.IsActive(now) || key.IsInOverlap(now),
            CanReplace: key.IsActive(now));
    }
}

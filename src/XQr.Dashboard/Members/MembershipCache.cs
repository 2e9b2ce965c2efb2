using XQr.Api.Developers.SignIn;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Dashboard.Sessions;

namespace XQr.Dashboard.Members;

/// <summary>The membership of the person of a session in a workspace.</summary>
internal sealed record Membership(Member Member, Caller Caller);

/// <summary>
/// Caches memberships with their workspaces and plans for seconds. A removal, a change of role or a change of plan takes effect within 10
/// seconds everywhere, and on this instance with the next page.
/// </summary>
internal sealed class MembershipCache
{
    // A read takes at most about 3.5 seconds, so no value older than 9.5 seconds is used. An older value is not used in an outage either.
    private static readonly CacheAges Ages = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), OnOutage: TimeSpan.Zero);

    private const string IdPrefix = "ws_";
    private const char Separator = '/';
    private const int MaxMemberships = 10_000;

    private readonly ReadThroughCache<Membership> memberships;

    public MembershipCache(SessionManager sessions, Memberships members, WorkspaceStore workspaces, PlansOptions plans, TimeProvider time)
    {
        memberships = new(ReadAsync, Ages, MaxMemberships, time);

        async Task<Membership?> ReadAsync(string key, CancellationToken cancellationToken)
        {
            var parts = key.Split(Separator);
            if (await sessions.FindAsync(Guid.Parse(parts[0]), cancellationToken) is not { } session)
            {
                return null;
            }

            var workspace = workspaces.FindAsync(parts[1], cancellationToken);
            var found = await members.FindAsync(session.Person, parts[1], cancellationToken);
            return await workspace is { } known && found is [var member] ? new(member, new Caller(known, plans[known.Plan], Actor.Of(member))) : null;
        }
    }

    /// <summary>Returns the membership of the person of a session; null if the person is no member or there is no such workspace.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="workspaceId">The workspace, as it was sent.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public ValueTask<Membership?> FindAsync(Guid sessionId, string workspaceId, CancellationToken cancellationToken) =>
        workspaceId.StartsWith(IdPrefix, StringComparison.Ordinal) && Ids.TryParse(workspaceId[IdPrefix.Length..], out _)
            ? memberships.GetAsync(KeyOf(sessionId, workspaceId), cancellationToken)
            : default;

    /// <summary>Forgets a membership, so that the next page shows a change that this one has made.</summary>
    public void Forget(Guid sessionId, string workspaceId) => memberships.Forget(KeyOf(sessionId, workspaceId));

    private static string KeyOf(Guid sessionId, string workspaceId) => $"{sessionId}{Separator}{workspaceId}";
}

using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers.SignIn;

/// <summary>Finds the memberships of a signed-in person, and accepts invitations.</summary>
internal sealed class Memberships(MembershipStore store, MemberChangeStore changes)
{
    /// <summary>Returns the memberships of a person. Reads and accepts invitations only if there are no memberships.</summary>
    /// <param name="person">The signed-in person.</param>
    /// <param name="workspaceId">The requested workspace; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<IReadOnlyList<Member>> FindAsync(Person person, string? workspaceId, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(person.Identity, workspaceId, cancellationToken);
        return known.Count > 0 ? known : await AcceptInvitationsAsync(person, workspaceId, cancellationToken);
    }

    /// <summary>Accepts all invitations of a person, and returns all memberships.</summary>
    public async Task<IReadOnlyList<Member>> AllAsync(Person person, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(person.Identity, workspaceId: null, cancellationToken);
        return [.. known, .. await AcceptInvitationsAsync(person, workspaceId: null, cancellationToken)];
    }

    /// <summary>
    /// Accepts invitations to the verified address of a person. A member who has signed in before is found only by the identity at that
    /// provider, because another person may have the address by now. An identity at a provider that is no longer configured does not count.
    /// </summary>
    private async Task<IReadOnlyList<Member>> AcceptInvitationsAsync(Person person, string? workspaceId, CancellationToken cancellationToken)
    {
        if (person is not { Email: { } email, IsEmailVerified: true })
        {
            return [];
        }

        var joined = new List<Member>();
        foreach (var invited in await store.FindAsync(email, workspaceId, cancellationToken))
        {
            if (invited.Identity?.Issuer != person.Identity.Issuer
                && await changes.JoinAsync(invited, person.Identity, person.Name, cancellationToken) is { } member)
            {
                joined.Add(member);
            }
        }

        return joined;
    }
}

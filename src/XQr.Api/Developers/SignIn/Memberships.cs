using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers.SignIn;

/// <summary>Finds of which workspaces somebody is a member, and lets the invited join.</summary>
internal sealed class Memberships(MembershipStore store, MemberChangeStore changes)
{
    /// <summary>The memberships that come into question. Invitations are looked at only where nothing else does.</summary>
    /// <param name="person">The signed-in person.</param>
    /// <param name="workspaceId">The workspace that is asked for; null for whichever the person has.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<Member>> FindAsync(Person person, string? workspaceId, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(person.Identity, workspaceId, cancellationToken);
        return known.Count > 0 ? known : await JoinAsync(person, workspaceId, cancellationToken);
    }

    /// <summary>All memberships, those included to which the person is invited.</summary>
    public async Task<IReadOnlyList<Member>> AllAsync(Person person, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(person.Identity, workspaceId: null, cancellationToken);
        return [.. known, .. await JoinAsync(person, workspaceId: null, cancellationToken)];
    }

    /// <summary>
    /// Joins what the person is invited to. Who has signed in before is found by the provider's subject alone: the address may be somebody
    /// else's by now. Unless it was at another provider, which isn't believed any more.
    /// </summary>
    private async Task<IReadOnlyList<Member>> JoinAsync(Person person, string? workspaceId, CancellationToken cancellationToken)
    {
        if (person is not { Email: { } email, IsEmailVerified: true })
        {
            return [];
        }

        var joined = new List<Member>();
        foreach (var invited in await store.FindAsync(email, workspaceId, cancellationToken))
        {
            if (invited.Identity?.Issuer != person.Identity.Issuer && await changes.JoinAsync(invited, person.Identity, person.Name, cancellationToken) is { } member)
            {
                joined.Add(member);
            }
        }

        return joined;
    }
}

using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>The signed-in person.</summary>
/// <param name="Email">The e-mail address in the token; null if it has none.</param>
/// <param name="EmailVerified">True if the provider has verified the address.</param>
/// <param name="Name">The name in the token; null if it has none.</param>
/// <param name="Workspaces">The workspaces of the person.</param>
internal sealed record AccountResponse(string? Email, bool EmailVerified, string? Name, IReadOnlyList<AccountWorkspace> Workspaces)
    : IExample<AccountResponse>
{
    public static AccountResponse Example { get; } = new(
        "ada@example.com",
        EmailVerified: true,
        "Ada",
        [new("ws_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "My team", "pro", "usr_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", Role.Admin)]);

    public static AccountResponse From(Person person, IEnumerable<(Workspace Workspace, Member Member)> workspaces) => new(
        person.Email,
        person.IsEmailVerified,
        person.Name,
        [.. workspaces.Select(each => AccountWorkspace.From(each.Workspace, each.Member))]);
}

/// <summary>A workspace of the signed-in person.</summary>
/// <param name="Id">The id for the header <c>X-Workspace-Id</c>.</param>
/// <param name="Name">The display name.</param>
/// <param name="Plan">The plan.</param>
/// <param name="MemberId">The person's member id in this workspace.</param>
/// <param name="Role">The person's role in this workspace.</param>
internal sealed record AccountWorkspace(string Id, string Name, string Plan, string MemberId, Role Role)
{
    public static AccountWorkspace From(Workspace workspace, Member member) =>
        new(workspace.Id, workspace.Name, workspace.Plan.Name(), member.Id, member.Role);
}

using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Developers;

/// <summary>Who has signed in.</summary>
/// <param name="Email">The address in the token; null where it has none.</param>
/// <param name="EmailVerified">Whether the provider says that it is the person's.</param>
/// <param name="Name">The name in the token; null where it has none.</param>
/// <param name="Workspaces">The workspaces of which the person is a member.</param>
internal sealed record AccountResponse(string? Email, bool EmailVerified, string? Name, IReadOnlyList<AccountWorkspace> Workspaces) : IExample<AccountResponse>
{
    public static AccountResponse Example { get; } = new(
        "ada@example.com",
        EmailVerified: true,
        "Ada",
        [new("ws_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "My team", "pro", "usr_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", Role.Admin)]);
}

/// <summary>A workspace of which somebody is a member.</summary>
/// <param name="Id">Its id, for the header <c>X-Workspace-Id</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Plan">What it may do.</param>
/// <param name="MemberId">The person's id there.</param>
/// <param name="Role">What the person may do there.</param>
internal sealed record AccountWorkspace(string Id, string Name, string Plan, string MemberId, Role Role)
{
    public static AccountWorkspace From(Workspace workspace, Member member) =>
        new(workspace.Id, workspace.Name, workspace.Plan.Name(), member.Id, member.Role);
}

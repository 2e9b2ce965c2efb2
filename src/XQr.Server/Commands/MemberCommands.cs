using System.CommandLine;
using System.Text.Json;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Server.Commands;

/// <summary>Creates the commands <c>member add</c> and <c>member remove</c>, which print the member's id, and <c>member list</c>.</summary>
internal static class MemberCommands
{
    private static readonly Option<string> WorkspaceOption = new("--workspace")
    {
        Required = true,
        HelpName = "ID",
        Description = "The workspace of the member.",
    };

    private static readonly Option<string> EmailOption = new("--email")
    {
        Required = true,
        HelpName = "ADDRESS",
        Description = "The address that identifies the person at the first sign-in.",
    };

    private static readonly Option<string> NameOption = Arguments.Name(
        "The display name of the person; the default is the name of the sign-in.", required: false);

    private static readonly Option<string> RoleOption =
        new Option<string>("--role") { Description = "The role of the person.", DefaultValueFactory = _ => "member" }
            .AcceptOnlyFromAmong("owner", "admin", "member");

    private static readonly Argument<string> MemberArgument = new("MEMBER") { Description = "The member's id or e-mail address." };

    public static Command Create()
    {
        var add = new Command("add", "Invites a person, who becomes a member at the first sign-in, and prints the member's id.")
        {
            WorkspaceOption, EmailOption, NameOption, RoleOption,
        };
        add.RunOnStorage(AddAsync);
        var remove = new Command("remove", "Removes a member immediately.") { MemberArgument, WorkspaceOption };
        remove.RunOnStorage(RemoveAsync);
        var list = new Command("list", "Prints the members: id, role, invited or active, address, name.") { WorkspaceOption };
        list.RunOnStorage(ListAsync);
        return new Command("member", "Manages the members of a workspace, who sign in to manage it.") { add, remove, list };
    }

    private static async Task<string> AddAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var email = Arguments.EmailOf(result.GetRequiredValue(EmailOption));
        var name = Arguments.OptionalNameIn(result, NameOption);
        var role = Enum.Parse<Role>(result.GetRequiredValue(RoleOption), ignoreCase: true);
        var body = JsonSerializer.SerializeToElement(new(email, name, role), DeveloperJson.Api.InviteMemberRequest);
        var invited = await services.GetRequiredService<MemberOperations>().InviteAsync(
            await PrincipalAsync(result, services, cancellationToken), body, cancellationToken);
        return Arguments.ValueOf(invited, ("CONFLICT", $"'{email}' is already a member.")).Id;
    }

    private static async Task<string> RemoveAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (principal, named) = (await PrincipalAsync(result, services, cancellationToken), result.GetRequiredValue(MemberArgument));
        var operations = services.GetRequiredService<MemberOperations>();
        var members = await operations.ListAsync(principal.WorkspaceId, cancellationToken);
        var id = members.FirstOrDefault(member => member.Id == named || EmailAddress.AreSame(member.Email, named))?.Id ?? "";
        var removed = await operations.RemoveAsync(principal, id, IfMatch.Any, cancellationToken);
        return Arguments.ValueOf(
            removed,
            ("NOT_FOUND", $"There is no member '{named}'."),
            ("CONFLICT", "A workspace must have at least one owner who has signed in. Add another owner first.")).Id;
    }

    private static async Task<string> ListAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var principal = await PrincipalAsync(result, services, cancellationToken);
        var members = await services.GetRequiredService<MemberOperations>().ListAsync(principal.WorkspaceId, cancellationToken);
        return string.Join(Environment.NewLine, members.Select(member =>
            $"{member.Id}  {member.Role.Name(),-6}  {(member.JoinedAt is null ? "invited" : "active"),-7}  {member.Email}  {member.Name}".TrimEnd()));
    }

    private static async Task<Principal> PrincipalAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var id = result.GetRequiredValue(WorkspaceOption);
        return Principal.Operator((await Arguments.FindWorkspaceAsync(services, id, cancellationToken)).Id);
    }
}

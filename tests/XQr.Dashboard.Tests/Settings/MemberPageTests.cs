using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Settings;

public sealed class MemberPageTests(ServiceFixture service)
{
    [Fact]
    public async Task Invite_TheAddressToSendAndAnEntryOfTheMember()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;

        var location = await owner.AcceptedAsync($"{team.Members}/new", ("email", "Ada@example.com"), ("name", "<Ada>"), ("role", "admin"));
        var page = await owner.ReadAsync(location);

        var invited = Assert.Single(await team.ListMembersAsync(), member => member.Role == Role.Admin);
        Assert.Equal($"{team.Members}/{invited.Id}?done=invited", location);
        Assert.Contains($"{XQrApplication.PublicBaseUrl}/dashboard/{team.WorkspaceId}\"", page, StringComparison.Ordinal);
        Assert.Contains("<h1>&lt;Ada&gt;</h1>", page, StringComparison.Ordinal);
        var entry = (await team.ListAuditAsync())[0];
        Assert.Equal((AuditActions.MemberInvited, invited.Id), (entry.Action, entry.Target.Id));
        Assert.StartsWith("owner-", entry.Actor.Email, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InviteOfNoAddress_TheErrorAtTheField()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;

        var page = await owner.RefusedAsync(HttpStatusCode.BadRequest, $"{team.Members}/new", ("email", "ada"), ("name", "Ada"), ("role", "member"));

        Assert.Contains("id=\"field-email-error\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Ada\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InviteTwice_TheSecondIsRefused()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        (string, string)[] form = [("email", "ada@example.com"), ("role", "member")];
        await owner.AcceptedAsync($"{team.Members}/new", form);

        var page = await owner.RefusedAsync(HttpStatusCode.Conflict, $"{team.Members}/new", form);

        Assert.Contains("already a member or invited", page, StringComparison.Ordinal);
        Assert.Equal(2, (await team.ListMembersAsync()).Count);
    }

    [Fact]
    public async Task Admin_AppointsAndChangesNoOwner()
    {
        var (team, _) = await Team.NewAsync(service);
        using var disposed = team;
        var admin = await team.JoinAsync(Role.Admin);
        var owner = Assert.Single(await team.ListMembersAsync(), member => member.Role == Role.Owner);

        var form = await admin.ReadAsync($"{team.Members}/new");
        var page = await admin.ReadAsync($"{team.Members}/{owner.Id}");

        Assert.Contains("value=\"admin\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"owner\"", form, StringComparison.Ordinal);
        Assert.Contains("Only owners change or remove an owner.", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"{team.Members}", page, StringComparison.Ordinal);
        await admin.RefusedAsync(HttpStatusCode.Forbidden, $"{team.Members}/new", ("email", "ada@example.com"), ("role", "owner"));
        await admin.RefusedAsync(HttpStatusCode.Forbidden, $"{team.Members}/{owner.Id}", ("role", "admin"));
        await admin.RefusedAsync(HttpStatusCode.Forbidden, $"{team.Members}/{owner.Id}/remove");
    }

    [Fact]
    public async Task Role_ChangedAndInEffectAtOnce()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var member = await team.InviteAsync(Role.Member, "Ada");
        var path = $"{team.Members}/{member.Id}";
        var version = Team.HiddenIn(await owner.ReadAsync(path), path, "version");

        var location = await owner.AcceptedAsync(path, ("name", "Ada"), ("role", "admin"), ("version", version));

        Assert.Equal($"{path}?done=saved", location);
        Assert.Equal(Role.Admin, Assert.Single(await team.ListMembersAsync(), each => each.Id == member.Id).Role);
        Assert.Contains("The changes are saved.", await owner.ReadAsync(location), StringComparison.Ordinal);
        var page = await owner.RefusedAsync(HttpStatusCode.PreconditionFailed, path, ("name", "Eve"), ("role", "admin"), ("version", version));
        Assert.Contains("value=\"Eve\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastOwner_StaysWithAnExplanation()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        await owner.ReadAsync(team.Members);
        var self = Assert.Single(await team.ListMembersAsync());

        var list = await owner.ReadAsync(team.Members);
        var page = await owner.ReadAsync($"{team.Members}/{self.Id}");
        var demoted = await owner.RefusedAsync(HttpStatusCode.Conflict, $"{team.Members}/{self.Id}", ("role", "member"));
        var removed = await owner.RefusedAsync(HttpStatusCode.Conflict, $"{team.Members}/{self.Id}/remove");

        Assert.Contains("Make someone else an owner first.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/remove\"", list + page, StringComparison.Ordinal);
        Assert.All((string[])[demoted, removed], refused => Assert.Contains("at least one owner", refused, StringComparison.Ordinal));
        Assert.Single(await team.ListMembersAsync());
    }

    [Fact]
    public async Task Remove_AsksFirstAndEndsTheAccess()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var removed = await team.JoinAsync(Role.Member);
        var member = Assert.Single(await team.ListMembersAsync(), each => each.Role == Role.Member);
        var path = $"{team.Members}/{member.Id}/remove";

        var version = Team.HiddenIn(await owner.ReadAsync(path), path, "version");
        await owner.RefusedAsync(HttpStatusCode.PreconditionFailed, path, ("version", "\"old\""));
        Assert.Equal(2, (await team.ListMembersAsync()).Count);
        var location = await owner.AcceptedAsync(path, ("version", version));

        Assert.Equal($"{team.Members}?done=removed", location);
        Assert.Single(await team.ListMembersAsync());
        using var again = await DashboardClient.SignInAsync(service.Application, member.Email);
        await again.ReadAsync(team.Members, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("member")]
    public async Task Leave_AsksFirstAndEndsTheAccess(string role)
    {
        var (team, _) = await Team.NewAsync(service);
        using var disposed = team;
        var person = await team.JoinAsync(Enum.Parse<Role>(role, ignoreCase: true));
        var self = Assert.Single(await team.ListMembersAsync(), each => each.Role.Name() == role);
        var path = $"{team.Members}/{self.Id}/remove";

        foreach (var page in (string[])[team.Members, $"{team.Members}/{self.Id}"])
        {
            Assert.Contains($"href=\"{path}\"", await person.ReadAsync(page), StringComparison.Ordinal);
        }

        var version = Team.HiddenIn(await person.ReadAsync(path), path, "version");
        var left = await person.ReadAsync(await person.AcceptedAsync(path, ("version", version)));

        Assert.Contains("You have left the workspace.", left, StringComparison.Ordinal);
        Assert.Contains("You have no workspace yet", left, StringComparison.Ordinal);
        await person.ReadAsync(team.Members, HttpStatusCode.NotFound);
        Assert.Single(await team.ListMembersAsync());
        var entry = (await team.ListAuditAsync())[0];
        Assert.Equal((AuditActions.MemberRemoved, self.Id, self.Id), (entry.Action, entry.Target.Id, entry.Actor.Id));
    }

    [Fact]
    public async Task Member_SeesMembersAndChangesNone()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        await owner.ReadAsync(team.Members);
        var member = await team.JoinAsync(Role.Member);
        var members = await team.ListMembersAsync();

        var list = await member.ReadAsync(team.Members);

        Assert.All(members, each => Assert.Contains(each.Email, list, StringComparison.Ordinal));
        Assert.DoesNotContain($"{team.Members}/new", list, StringComparison.Ordinal);
        foreach (var each in members)
        {
            Assert.DoesNotContain($"action=\"{team.Members}", await member.ReadAsync($"{team.Members}/{each.Id}"), StringComparison.Ordinal);
            await member.RefusedAsync(HttpStatusCode.Forbidden, $"{team.Members}/{each.Id}", ("role", "owner"));
        }

        var owners = $"{team.Members}/{Assert.Single(members, each => each.Role == Role.Owner).Id}/remove";
        await member.ReadAsync(owners, HttpStatusCode.Forbidden);
        await member.RefusedAsync(HttpStatusCode.Forbidden, owners);

        await member.RefusedAsync(HttpStatusCode.Forbidden, $"{team.Members}/new", ("email", "ada@example.com"));
        Assert.Equal(members.Count, (await team.ListMembersAsync()).Count);
    }

    [Fact]
    public async Task MemberOfAnotherWorkspace_NotFound()
    {
        var (team, _) = await Team.NewAsync(service);
        var (foreign, stranger) = await Team.NewAsync(service);
        using var disposed = team;
        using var other = foreign;
        var member = Assert.Single(await team.ListMembersAsync());

        await stranger.ReadAsync($"{foreign.Members}/{member.Id}", HttpStatusCode.NotFound);
        await stranger.ReadAsync($"{foreign.Members}/{member.Id}/remove", HttpStatusCode.NotFound);
        await stranger.RefusedAsync(HttpStatusCode.NotFound, $"{foreign.Members}/{member.Id}", ("role", "member"));
        await stranger.RefusedAsync(HttpStatusCode.NotFound, $"{foreign.Members}/{member.Id}/remove");
        Assert.Single(await team.ListMembersAsync());
    }
}

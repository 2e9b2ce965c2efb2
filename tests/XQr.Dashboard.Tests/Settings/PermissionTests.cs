using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Settings;

/// <summary>A person who may not change something reads whom to ask.</summary>
public sealed class PermissionTests(ServiceFixture service)
{
    private const int MaxNamed = 5;

    [Fact]
    public async Task Pages_NameTheOwnersAndAdmins()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var (key, _) = await team.NewKeyAsync(owner);
        await team.JoinAsync(Role.Admin);
        var member = await team.JoinAsync(Role.Member);
        var invited = await team.InviteAsync(Role.Admin, "Not yet here");
        var joined = (await team.ListMembersAsync()).Where(each => each.JoinedAt is not null).ToList();

        (string Path, HttpStatusCode Status)[] pages =
        [
            (Paths.Of(team.WorkspaceId, "settings/general"), HttpStatusCode.OK),
            (team.Keys, HttpStatusCode.OK),
            ($"{team.Keys}/{key.Id}", HttpStatusCode.OK),
            (team.Members, HttpStatusCode.OK),
            ($"{team.Members}/{invited.Id}", HttpStatusCode.OK),
            ($"{team.Keys}/new", HttpStatusCode.Forbidden),
            ($"{team.Members}/new", HttpStatusCode.Forbidden),
            ($"{team.Members}/{invited.Id}/remove", HttpStatusCode.Forbidden),
        ];
        foreach (var (path, status) in pages)
        {
            var page = await member.ReadAsync(path, status);
            Assert.All(joined, each => Assert.Equal(each.Role != Role.Member, page.Contains($"\"mailto:{each.Email}\"", StringComparison.Ordinal)));
            Assert.DoesNotContain($"mailto:{invited.Email}", page, StringComparison.Ordinal);
            Assert.DoesNotContain("mailto:", await owner.ReadAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Owners_AreNamedToAnAdmin()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        await owner.ReadAsync(team.Members);
        var admin = await team.JoinAsync(Role.Admin);
        var members = await team.ListMembersAsync();
        var self = Assert.Single(members, each => each.Role == Role.Owner);

        var page = await admin.ReadAsync($"{team.Members}/{self.Id}");

        Assert.Equal([$"mailto:{self.Email}"], members.Select(each => $"mailto:{each.Email}").Where(page.Contains));
    }

    [Fact]
    public async Task ManyAdmins_SomeAreNamed_AndTheListHasAll()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        await owner.ReadAsync(team.Members);
        for (var count = 0; count < MaxNamed; count++)
        {
            await team.JoinAsync(Role.Admin);
        }

        var member = await team.JoinAsync(Role.Member);
        var page = await member.ReadAsync(team.Keys);

        Assert.Equal(MaxNamed, page.Split("mailto:").Length - 1);
        Assert.Contains("mailto:owner-", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{team.Members}\">See all members</a>", page, StringComparison.Ordinal);
    }
}

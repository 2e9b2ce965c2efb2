using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

public sealed class DeveloperMemberTests(ServiceFixture service)
{
    private const string AnyKey = """{"name":"k","scopes":["*"]}""";

    [Fact]
    public async Task Invited_JoinsAtTheFirstSignIn()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var email = Team.NewEmail();

        var response = await owner.Client.PostJsonAsync(Team.Members, $$"""{"email":"{{email.ToUpperInvariant()}}","name":"Ada"}""");

        var invited = await response.DataAsync(HttpStatusCode.Created);
        Assert.Equal($"{Team.Members}/{invited.Text("id")}", response.Header("Location"));
        Assert.Matches("^usr_[0-9a-f-]{36}$", invited.Text("id"));
        Assert.Equal(("Ada", "member", "invited"), (invited.Text("name"), invited.Text("role"), invited.Text("state")));
        using var client = service.Application.NewClient(service.Issuer.Token(email));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);

        var members = await owner.Client.ListAsync(Team.Members);
        Assert.Equal([invited.Text("id")], members.Where(member => member.Text("role") == "member").Select(member => member.Text("id")));
        Assert.Equal((2, "active", "Ada"), (members.Length, members[0].Text("state"), members[0].Text("name")));

        // A member who was invited without a name gets the name in the token.
        Assert.Equal($"Name of {owner.Email}", members[1].Text("name"));
    }

    [Theory]
    [InlineData("{}", "email")]
    [InlineData("""{"email":"ada"}""", "email")]
    [InlineData("""{"email":"Ada <ada@example.com>"}""", "email")]
    [InlineData("""{"email":"ada@example.com, eve@example.com"}""", "email")]
    [InlineData("""{"email":7,"name":"","role":"king","colour":"red"}""", "email", "name", "role", "colour")]
    public async Task InviteWithErrors_EachIsNamed(string body, params string[] fields)
    {
        var owner = await service.NewOwnedWorkspaceAsync();

        var error = await (await owner.Client.PostJsonAsync(Team.Members, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(fields, error.Fields());
    }

    [Fact]
    public async Task SameAddressAtOnce_OneIsInvited()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var email = Team.NewEmail();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            owner.Client.PostJsonAsync(Team.Members, $$"""{"email":"{{(i % 2 == 0 ? email : email.ToUpperInvariant())}}"}""")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        await (await owner.Client.PostJsonAsync(Team.Members, $$"""{"email":"{{owner.Email}}"}""")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        using var client = service.Application.NewClient(service.Issuer.Token(email));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);
    }

    [Fact]
    public async Task Removed_LosesAccessAtOnce_AndMayBeInvitedAgain()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var email = Team.NewEmail();
        using var client = service.Application.NewClient(service.Issuer.Token(email));
        for (var time = 0; time < 2; time++)
        {
            var id = (await owner.Client.InviteAsync(email)).Text("id");
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);

            Assert.Equal(HttpStatusCode.NoContent, (await owner.Client.DeleteAsync($"{Team.Members}/{id}")).StatusCode);

            await (await client.GetAsync(Team.Keys)).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
            await (await owner.Client.DeleteAsync($"{Team.Members}/{id}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }
    }

    [Fact]
    public async Task LastOwner_StaysOwner()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        await owner.Client.GetAsync(Team.Keys);
        var id = (await owner.Client.ListAsync(Team.Members))[0].Text("id");

        // An invited owner cannot replace one who has signed in.
        var second = await owner.Client.InviteAsync(role: "owner");
        await (await owner.Client.DeleteAsync($"{Team.Members}/{id}")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        await (await owner.Client.PatchJsonAsync($"{Team.Members}/{id}", """{"role":"admin"}""")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");

        using var other = service.Application.NewClient(service.Issuer.Token(second.Text("email")));
        await other.GetAsync(Team.Keys);
        var answers = await Task.WhenAll(
            owner.Client.PatchJsonAsync($"{Team.Members}/{second.Text("id")}", """{"role":"admin"}"""),
            other.PatchJsonAsync($"{Team.Members}/{id}", """{"role":"admin"}"""));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single(await owner.Client.ListAsync(Team.Members), member => member.Text("role") == "owner");
    }

    [Fact]
    public async Task Admin_ManagesAllButOwners()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var (adminId, admin) = await service.JoinAsync(owner.Client, "admin");
        var ownerId = (await owner.Client.ListAsync(Team.Members)).Single(member => member.Text("role") == "owner").Text("id");
        var memberId = (await admin.InviteAsync()).Text("id");

        var refused = new[]
        {
            await admin.PostJsonAsync(Team.Members, $$"""{"email":"{{Team.NewEmail()}}","role":"owner"}"""),
            await admin.PatchJsonAsync($"{Team.Members}/{memberId}", """{"role":"owner"}"""),
            await admin.PatchJsonAsync($"{Team.Members}/{adminId}", """{"role":"owner"}"""),
            await admin.PatchJsonAsync($"{Team.Members}/{ownerId}", """{"role":"member"}"""),
            await admin.PatchJsonAsync($"{Team.Members}/{ownerId}", """{"name":"Nobody"}"""),
            await admin.DeleteAsync($"{Team.Members}/{ownerId}"),
        };

        foreach (var answer in refused)
        {
            Assert.Contains(
                "owner", (await answer.ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE")).Text("message"), StringComparison.Ordinal);
        }

        Assert.Equal("admin", (await (await admin.PatchJsonAsync($"{Team.Members}/{memberId}", """{"role":"admin"}""")).DataAsync()).Text("role"));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"{Team.Members}/{memberId}")).StatusCode);
    }

    /// <summary>Owners and admins manage, members read.</summary>
    [Theory]
    [InlineData("owner", true)]
    [InlineData("admin", true)]
    [InlineData("member", false)]
    public async Task Roles_HaveTheirRights(string role, bool manages)
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var (_, client) = await service.JoinAsync(owner.Client, role);
        var key = (await owner.Client.NewKeyAsync()).Text("id");
        var other = (await owner.Client.NewKeyAsync()).Text("id");
        var member = (await owner.Client.InviteAsync()).Text("id");

        string[] readable = [Team.Me, Team.Keys, $"{Team.Keys}/{key}", Team.Members, $"{Team.Members}/{member}", Team.Audit, Team.Workspace];
        foreach (var path in readable)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
        }

        (string Method, string Path, string? Body)[] changes =
        [
            ("POST", Team.Keys, AnyKey),
            ("PATCH", $"{Team.Keys}/{key}", """{"name":"n"}"""),
            ("POST", $"{Team.Keys}/{key}/rotate", null),
            ("DELETE", $"{Team.Keys}/{other}", null),
            ("POST", Team.Members, $$"""{"email":"{{Team.NewEmail()}}"}"""),
            ("PATCH", $"{Team.Members}/{member}", """{"role":"admin"}"""),
            ("DELETE", $"{Team.Members}/{member}", null),
            ("PATCH", Team.Workspace, """{"description":"d"}"""),
        ];
        foreach (var (method, path, body) in changes)
        {
            using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : Answers.Json(body) };
            var answer = await client.SendAsync(request);
            Assert.True(manages == answer.IsSuccessStatusCode, $"{role} {method} {path}: {answer.StatusCode}");
            if (!manages)
            {
                Assert.Contains(
                    "admin or owner",
                    (await answer.ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE")).Text("message"),
                    StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("admin")]
    [InlineData("member")]
    public async Task Everyone_MayLeave(string role)
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var (id, client) = await service.JoinAsync(owner.Client, role);
        var other = (await owner.Client.InviteAsync()).Text("id");
        if (role == "member")
        {
            await (await client.DeleteAsync($"{Team.Members}/{other}")).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        }

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{Team.Members}/{id}")).StatusCode);

        await (await client.DeleteAsync($"{Team.Members}/{other}")).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        var entry = (await owner.Client.ListAsync(Team.Audit))[0];
        Assert.Equal(("member.removed", id, id), (
            entry.Text("action"), entry.GetProperty("target").Text("id"), entry.GetProperty("actor").Text("id")));
    }

    [Fact]
    public async Task StaleChange_IsRefused()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var path = $"{Team.Members}/{(await owner.Client.InviteAsync()).Text("id")}";
        var before = await owner.Client.GetAsync(path);
        await owner.Client.PatchJsonAsync(path, """{"role":"admin"}""");

        foreach (var method in (string[])["PATCH", "DELETE"])
        {
            using var stale = new HttpRequestMessage(new(method), path)
            {
                Headers = { IfMatch = { before.Headers.ETag! } },
                Content = Answers.Json("""{"name":"Old"}"""),
            };
            await (await owner.Client.SendAsync(stale)).ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        }
    }

    [Fact]
    public async Task MembersOfOtherWorkspacesAndMalformedIds_AreNotFound()
    {
        var (owner, other) = (await service.NewOwnedWorkspaceAsync(), await service.NewOwnedWorkspaceAsync());
        var id = (await other.Client.InviteAsync()).Text("id");

        foreach (var path in (string[])[$"{Team.Members}/{id}", $"{Team.Members}/x", $"{Team.Members}/usr_x", $"{Team.Members}/w"])
        {
            await (await owner.Client.GetAsync(path)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await owner.Client.PatchJsonAsync(path, """{"name":"mine"}""")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await owner.Client.DeleteAsync(path)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        Assert.Equal(2, (await other.Client.ListAsync(Team.Members)).Length);
        Assert.Single(await owner.Client.ListAsync(Team.Members));
    }
}

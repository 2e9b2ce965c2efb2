using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

public sealed class DeveloperWorkspaceTests(ServiceFixture service)
{
    [Fact]
    public async Task Change_IsShownAndLoggedOnce()
    {
        var owner = await service.NewOwnedWorkspaceAsync();

        var changed = await (await owner.Client.PatchJsonAsync(Team.Workspace, """{"name":" Acme ","description":"Posters"}""")).DataAsync();
        await owner.Client.PatchJsonAsync(Team.Workspace, """{"name":"Acme"}""");

        Assert.Equal((owner.WorkspaceId, "Acme", "Posters"), (changed.Text("id"), changed.Text("name"), changed.Text("description")));
        var shown = await (await owner.Client.GetAsync(Team.Workspace)).DataAsync();
        Assert.True(JsonElement.DeepEquals(changed, shown));
        var entry = Assert.Single(await owner.Client.ListAsync(Team.Audit), entry => entry.Text("action") == "workspace.changed");
        Assert.Equal(owner.Email, entry.GetProperty("actor").Text("email"));
        Assert.Equal(("Test", "Acme"), (entry.GetProperty("details").Text("name_before"), entry.GetProperty("details").Text("name")));
        Assert.Equal("Posters", entry.GetProperty("details").Text("description"));

        var cleared = await (await owner.Client.PatchJsonAsync(Team.Workspace, """{"description":null}""")).DataAsync();
        Assert.Equal(("Acme", JsonValueKind.Null), (cleared.Text("name"), cleared.GetProperty("description").ValueKind));
    }

    [Fact]
    public async Task WholeWorkspace_CanBeSentBack_AndReadOnlyPropertiesStay()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var workspace = await (await owner.Client.GetAsync(Team.Workspace)).DataAsync();

        Assert.Equal(HttpStatusCode.OK, (await owner.Client.PatchJsonAsync(Team.Workspace, workspace.GetRawText())).StatusCode);

        var error = await (await owner.Client.PatchJsonAsync(Team.Workspace, """{"plan":"free","id":"ws_1"}"""))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(["id", "plan"], error.Fields().Order());
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"description":7,"color":1}""", "description", "color")]
    public async Task ChangeWithErrors_EachIsNamed(string body, params string[] fields)
    {
        var owner = await service.NewOwnedWorkspaceAsync();

        var error = await (await owner.Client.PatchJsonAsync(Team.Workspace, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(fields, error.Fields());
    }

    [Fact]
    public async Task ChangeOfAnotherVersion_IsRefused()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var version = (await owner.Client.GetAsync(Team.Workspace)).Headers.ETag!;
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync("First")).StatusCode);

        await (await ChangeAsync("Second")).ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");

        Assert.Equal("First", (await (await owner.Client.GetAsync(Team.Workspace)).DataAsync()).Text("name"));

        async Task<HttpResponseMessage> ChangeAsync(string name)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, Team.Workspace)
            {
                Headers = { IfMatch = { new EntityTagHeaderValue(version.Tag) } },
                Content = Answers.Json($$"""{"name":"{{name}}"}"""),
            };
            return await owner.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Member_ReadsButDoesNotChange()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var (_, member) = await service.JoinAsync(owner.Client, "member");

        Assert.Equal("Test", (await (await member.GetAsync(Team.Workspace)).DataAsync()).Text("name"));

        await (await member.PatchJsonAsync(Team.Workspace, """{"name":"Mine"}""")).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
    }

    [Fact]
    public async Task Creation_IsRefused_UnlessTheServiceAllowsIt()
    {
        using var client = service.Application.NewClient(service.Issuer.Token(Team.NewEmail()));

        var error = await (await client.PostJsonAsync(Team.Workspaces, """{"name":"Mine"}""")).ErrorAsync(
            HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");

        Assert.Contains("operator", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creator_IsTheOwner()
    {
        await using var instance = await StartOpenAsync(plan: "Pro");
        var email = Team.NewEmail();
        using var client = instance.NewClient(service.Issuer.Token(email));

        var response = await client.PostJsonAsync(Team.Workspaces, """{"name":"Mine","description":"For me"}""");

        var created = await response.DataAsync(HttpStatusCode.Created);
        Assert.Equal(("Mine", "For me", "pro"), (created.Text("name"), created.Text("description"), created.Text("plan")));
        var shown = await client.GetAsync(response.Header("Location"));
        Assert.Equal(response.Headers.ETag, shown.Headers.ETag);
        Assert.True(JsonElement.DeepEquals(created, await shown.DataAsync()));
        var listed = Assert.Single((await (await client.GetAsync(Team.Me)).DataAsync()).GetProperty("workspaces").EnumerateArray());
        var owner = Assert.Single(await client.ListAsync(Team.Members));
        Assert.Equal((created.Text("id"), owner.Text("id")), (listed.Text("id"), listed.Text("member_id")));
        Assert.Equal((email, "owner", "active"), (owner.Text("email"), owner.Text("role"), owner.Text("state")));
        var entry = Assert.Single(await client.ListAsync(Team.Audit));
        Assert.Equal(("workspace.created", email), (entry.Text("action"), entry.GetProperty("actor").Text("email")));
        await (await client.PostJsonAsync(Team.Workspaces, """{"name":" "}""")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task PersonWithoutAVerifiedAddress_CreatesNone()
    {
        await using var instance = await StartOpenAsync();
        var claims = service.Issuer.Claims(Team.NewEmail());
        claims["email_verified"] = false;
        using var client = instance.NewClient(service.Issuer.Sign(claims));

        var answer = await client.PostJsonAsync(Team.Workspaces, """{"name":"Mine"}""");

        await answer.ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
    }

    [Fact]
    public async Task ManyCreationsAtOnce_ExceedNoLimit()
    {
        await using var instance = await StartOpenAsync();
        await using var other = await StartOpenAsync();
        var email = Team.NewEmail();
        using var client = instance.NewClient(service.Issuer.Token(email));
        using var second = other.NewClient(service.Issuer.Token(email));

        var answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(i =>
            (i % 2 == 0 ? client : second).PostJsonAsync(Team.Workspaces, $$"""{"name":"{{i}}"}""")));

        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
        }

        Assert.Equal(10, (await (await client.GetAsync(Team.Me)).DataAsync()).GetProperty("workspaces").GetArrayLength());
    }

    [Fact]
    public async Task CreatedElsewhere_DoesNotPreventAnInvitation()
    {
        await using var instance = await StartOpenAsync();
        var (owner, email) = (await service.NewOwnedWorkspaceAsync(), Team.NewEmail());
        using var client = instance.NewClient(service.Issuer.Token(email));
        await client.PostJsonAsync(Team.Workspaces, """{"name":"Mine"}""");

        await owner.Client.InviteAsync(email);

        Assert.Equal(2, (await (await client.GetAsync(Team.Me)).DataAsync()).GetProperty("workspaces").GetArrayLength());
    }

    private Task<XQrApplication> StartOpenAsync(string plan = "Free") => service.StartAnotherAsync(
        new Dictionary<string, string?> { ["Xqr:Auth:AllowWorkspaceCreation"] = "true", ["Xqr:Auth:NewWorkspacePlan"] = plan });
}

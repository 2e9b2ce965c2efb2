using System.Net;
using System.Text.Json.Nodes;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Tests the memberships of a person with a valid token.</summary>
public sealed class MembershipTests(ServiceFixture service)
{
    [Fact]
    public async Task UnverifiedAddress_AcceptsNoInvitation()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        foreach (var verified in (JsonNode?[])[null, false, "false"])
        {
            var claims = service.Issuer.Claims(owner.Email);
            claims["email_verified"] = verified;

            var error = await (await service.GetAsync(service.Issuer.Sign(claims), Team.Keys))
                .ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
            Assert.Contains("verified", error.Text("message"), StringComparison.Ordinal);
        }
    }

    /// <summary>The address looks the same, or is the same in another case: this K is the sign of Kelvin.</summary>
    [Fact]
    public async Task AddressThatLooksTheSame_AcceptsNoInvitation()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var rest = Team.NewEmail();
        await owner.Client.InviteAsync($"kino-{rest}");

        foreach (var lookalike in (string[])[$"\u212aino-{rest}", $"k\u0130no-{rest}", $"kin\u1e4d-{rest}"])
        {
            var me = await (await service.GetAsync(service.Issuer.Token(lookalike), Team.Me)).DataAsync();
            Assert.Equal((lookalike, true), (me.Text("email"), me.GetProperty("email_verified").GetBoolean()));
            Assert.Equal(0, me.GetProperty("workspaces").GetArrayLength());
        }
    }

    [Fact]
    public async Task OtherClaimForVerified_IsConfigured()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Auth:EmailVerifiedClaim"] = "xms_edov" });
        var owner = await service.NewOwnedWorkspaceAsync();
        var claims = service.Issuer.Claims(owner.Email);
        claims["xms_edov"] = 1;
        claims.Remove("email_verified");
        using var client = instance.NewClient(service.Issuer.Sign(claims));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);
    }

    /// <summary>After the first sign-in, a member is found by the subject: a person who gets the address later is another person.</summary>
    [Fact]
    public async Task FirstSignIn_BindsTheSubject()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        Assert.Equal(HttpStatusCode.OK, (await owner.Client.GetAsync(Team.Keys)).StatusCode);

        var moved = service.Issuer.Claims("moved-" + owner.Email, subject: $"sub of {owner.Email}");
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync(service.Issuer.Sign(moved), Team.Keys)).StatusCode);
        await (await service.GetAsync(service.Issuer.Token(owner.Email, subject: "the next of that address"), Team.Keys))
            .ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
    }

    /// <summary>The operator has changed the provider: the subjects of the old provider no longer count.</summary>
    [Fact]
    public async Task AnotherProvider_BindsAnew()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var instance = await service.StartAnotherAsync(issuer.Settings);
        var owner = await service.NewOwnedWorkspaceAsync();
        Assert.Equal(HttpStatusCode.OK, (await owner.Client.GetAsync(Team.Keys)).StatusCode);
        using var client = instance.NewClient(issuer.Token(owner.Email));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);
    }

    [Fact]
    public async Task SeveralWorkspaces_OneMustBeNamed()
    {
        var (first, second) = (await service.NewOwnedWorkspaceAsync(), await service.NewOwnedWorkspaceAsync());
        var foreign = await service.NewOwnedWorkspaceAsync();
        await first.Client.GetAsync(Team.Keys);
        Assert.Equal(HttpStatusCode.Created, (await second.Client.PostJsonAsync(Team.Members, $$"""{"email":"{{first.Email}}"}""")).StatusCode);

        // An invitation to another workspace changes nothing here, and is accepted if the person asks for all or for that workspace.
        Assert.Equal(HttpStatusCode.OK, (await first.Client.GetAsync(Team.Keys)).StatusCode);
        Assert.Equal(2, (await (await first.Client.GetAsync(Team.Me)).DataAsync()).GetProperty("workspaces").GetArrayLength());

        var error = await (await first.Client.GetAsync(Team.Keys)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(["X-Workspace-Id"], error.Fields());
        Assert.Contains(first.WorkspaceId, error.Text("message"), StringComparison.Ordinal);
        Assert.Contains(second.WorkspaceId, error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(HttpMethod.Post, first.WorkspaceId)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, second.WorkspaceId)).StatusCode);
        await (await SendAsync(HttpMethod.Post, second.WorkspaceId)).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        await (await SendAsync(HttpMethod.Get, foreign.WorkspaceId)).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        await (await SendAsync(HttpMethod.Get, "nonsense")).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");

        Task<HttpResponseMessage> SendAsync(HttpMethod method, string workspaceId) => first.Client.SendAsync(new(method, Team.Keys)
        {
            Headers = { { "X-Workspace-Id", workspaceId } },
            Content = method == HttpMethod.Post ? Answers.Json("""{"name":"k","scopes":["*"]}""") : null,
        });
    }

    [Fact]
    public async Task Stranger_IsNoMemberAnywhere()
    {
        var token = service.Issuer.Token("nobody@example.com");

        var me = await (await service.GetAsync(token, Team.Me)).DataAsync();
        Assert.Equal("nobody@example.com", me.Text("email"));
        Assert.Equal(0, me.GetProperty("workspaces").GetArrayLength());
        await (await service.GetAsync(token, Team.Keys)).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
    }
}

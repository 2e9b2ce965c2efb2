using System.Text.Json;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Calls the operations without HTTP, as the commands do.</summary>
public sealed class DeveloperOperationsTests(ServiceFixture service)
{
    private readonly KeyOperations keys = service.Application.Service<KeyOperations>();
    private readonly MemberOperations members = service.Application.Service<MemberOperations>();

    [Fact]
    public async Task Operator_CreatesAndRevokesKeys_UpToThePlansLimit()
    {
        var (principal, _) = await NewWorkspaceAsync(Plan.Pro);
        var body = Json("""{"name": " Website ", "scopes": ["links:read", "links:read"]}""");

        var created = (await keys.CreateAsync(principal, body, CancellationToken.None)).Value!;
        Assert.Equal("Website", created.Key.Name);
        Assert.Equal(["links:read"], created.Key.Scopes);
        Assert.Equal(created.Key.Prefix, ApiKeyText.PrefixOf(created.Text));
        Assert.True((await keys.CreateAsync(principal, body, CancellationToken.None)).Succeeded);

        var third = await keys.CreateAsync(principal, body, CancellationToken.None);
        Assert.Equal("PLAN_LIMIT_EXCEEDED", third.Error?.Code);

        Assert.True((await keys.RevokeAsync(created.Key.Prefix, CancellationToken.None)).Succeeded);
        Assert.True((await keys.CreateAsync(principal, body, CancellationToken.None)).Succeeded);
        Assert.Equal(3, (await keys.ListAsync(principal.WorkspaceId, new(), CancellationToken.None)).Total);
    }

    [Fact]
    public async Task InvalidInput_IsAnError()
    {
        var (principal, _) = await NewWorkspaceAsync();

        var key = await keys.CreateAsync(principal, Json("""{"name": "", "scopes": ["links:rad"]}"""), CancellationToken.None);
        Assert.Equal(("VALIDATION_ERROR", 2), (key.Error?.Code, key.Error?.Details?.AsArray().Count));

        var member = await members.InviteAsync(principal, Json("""{"email": "nobody"}"""), CancellationToken.None);
        Assert.Equal("VALIDATION_ERROR", member.Error?.Code);

        Assert.Equal("NOT_FOUND", (await keys.RevokeAsync("00000000", CancellationToken.None)).Error?.Code);
        Assert.Equal("NOT_FOUND", (await keys.GetAsync(principal.WorkspaceId, "key_none", CancellationToken.None)).Error?.Code);
        Assert.Equal("NOT_FOUND", (await members.GetAsync(principal.WorkspaceId, "usr_none", CancellationToken.None)).Error?.Code);
    }

    [Fact]
    public async Task Operator_InvitesAndRemovesOwners_AnAdminDoesNot()
    {
        var (principal, owner) = await NewWorkspaceAsync();
        var admin = principal with { Role = Role.Admin };
        var body = Json($$"""{"email": "{{Team.NewEmail()}}", "role": "owner"}""");

        Assert.Equal("INSUFFICIENT_SCOPE", (await members.InviteAsync(admin, body, CancellationToken.None)).Error?.Code);
        Assert.Equal("INSUFFICIENT_SCOPE", (await members.RemoveAsync(admin, owner, IfMatch.Any, CancellationToken.None)).Error?.Code);
        Assert.Equal("CONFLICT", (await members.RemoveAsync(principal, owner, IfMatch.Any, CancellationToken.None)).Error?.Code);

        Assert.True((await members.InviteAsync(principal, body, CancellationToken.None)).Succeeded);
        Assert.True((await members.RemoveAsync(principal, owner, IfMatch.Any, CancellationToken.None)).Succeeded);
    }

    [Fact]
    public async Task Member_ReadsButChangesNothing()
    {
        var (principal, owner) = await NewWorkspaceAsync();
        var key = (await keys.CreateAsync(principal, Json("""{"name": "Website", "scopes": ["*"]}"""), CancellationToken.None)).Value!.Key.Id;
        var (member, nothing) = (principal with { Role = Role.Member }, Json("{}"));

        Assert.All(
            [
                (await keys.CreateAsync(member, nothing, CancellationToken.None)).Error,
                (await keys.UpdateAsync(member, key, nothing, IfMatch.Any, CancellationToken.None)).Error,
                (await keys.RevokeAsync(member, key, IfMatch.Any, CancellationToken.None)).Error,
                (await keys.RotateAsync(member, key, nothing, CancellationToken.None)).Error,
                (await members.InviteAsync(member, nothing, CancellationToken.None)).Error,
                (await members.UpdateAsync(member, owner, nothing, IfMatch.Any, CancellationToken.None)).Error,
                (await members.RemoveAsync(member, owner, IfMatch.Any, CancellationToken.None)).Error,
            ],
            error => Assert.Equal(ApiErrors.RoleNeeded(Role.Admin), error));
        Assert.Null((await keys.GetAsync(member.WorkspaceId, key, CancellationToken.None)).Value!.RevokedAt);
        Assert.Single(await members.ListAsync(member.WorkspaceId, CancellationToken.None));
    }

    private async Task<(Principal Principal, string OwnerId)> NewWorkspaceAsync(Plan plan = Plan.Enterprise)
    {
        var workspace = await service.Application.Service<WorkspaceStore>().CreateAsync(
            new("Test", plan, OwnerEmail: Team.NewEmail()), CancellationToken.None);
        var owner = Assert.Single(await members.ListAsync(workspace.Id, CancellationToken.None));
        return (Principal.Operator(workspace.Id), owner.Id);
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}

using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Counts the storage transactions of each operation. Two of each find the member: the membership and the member itself.</summary>
public sealed class DeveloperCostTests(ServiceFixture service)
{
    private const int SignIn = 2;

    [Fact]
    public async Task Operations_HaveTheirCosts()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var owner = await service.NewOwnedWorkspaceAsync();
        await owner.Client.GetAsync(Team.Keys);
        using var client = instance.NewClient(service.Issuer.Token(owner.Email));
        var id = (await client.NewKeyAsync()).Text("id");
        var member = (await client.InviteAsync()).Text("id");

        Assert.Equal(4, await CostAsync(() => client.NewKeyAsync()));
        Assert.Equal(1 + 2, await CostAsync(() => client.GetAsync(Team.Keys)));
        Assert.Equal(2, await CostAsync(() => client.GetAsync($"{Team.Keys}/{id}")));
        Assert.Equal(3 + 1, await CostAsync(() => client.PatchJsonAsync($"{Team.Keys}/{id}", """{"name":"n"}""")));
        Assert.Equal(5, await CostAsync(() => client.PostAsync($"{Team.Keys}/{id}/rotate", null)));
        var overlapped = (await client.NewKeyAsync()).Text("id");
        Assert.Equal(6, await CostAsync(() => client.PostJsonAsync($"{Team.Keys}/{overlapped}/rotate", """{"overlap_seconds":60}""")));
        Assert.Equal(2, await CostAsync(() => client.DeleteAsync($"{Team.Keys}/{id}")));
        var alive = (await client.NewKeyAsync()).Text("id");
        Assert.Equal(4, await CostAsync(() => client.DeleteAsync($"{Team.Keys}/{alive}")));
        Assert.Equal(2, await CostAsync(() => client.GetAsync(Team.Audit)));
        Assert.Equal(1, await CostAsync(() => client.GetAsync(Team.Members)));
        Assert.Equal(1, await CostAsync(() => client.GetAsync($"{Team.Members}/{member}")));
        Assert.Equal(4, await CostAsync(() => client.InviteAsync()));
        Assert.Equal(3, await CostAsync(() => client.PatchJsonAsync($"{Team.Members}/{member}", """{"role":"admin"}""")));
        Assert.Equal(4, await CostAsync(() => client.DeleteAsync($"{Team.Members}/{member}")));
        Assert.Equal(1, await CostAsync(() => client.GetAsync(Team.Workspace)));
        Assert.Equal(2, await CostAsync(() => client.PatchJsonAsync(Team.Workspace, """{"name":"n"}""")));

        // One transaction looks for invitations, of which there are none, and one reads the name of the workspace.
        Assert.Equal(2 + 1, await CostAsync(() => client.GetAsync(Team.Me)));
        Assert.Equal(
            -SignIn,
            await CostAsync(async () => await (await instance.Client.GetAsync(Team.Keys)).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_TOKEN")));

        async Task<int> CostAsync(Func<Task> act) => (await instance.Calls.DuringAsync(act)).Length - SignIn;
    }

    [Fact]
    public async Task NamedWorkspace_MembershipsElsewhereCostNothing()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var (first, second) = (await service.NewOwnedWorkspaceAsync(), await service.NewOwnedWorkspaceAsync());
        await second.Client.InviteAsync(first.Email);
        await first.Client.GetAsync(Team.Me);
        using var client = instance.NewClient(service.Issuer.Token(first.Email));
        client.DefaultRequestHeaders.Add("X-Workspace-Id", second.WorkspaceId);

        var calls = await instance.Calls.DuringAsync(async () => Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Members)).StatusCode));

        Assert.Equal(SignIn + 1, calls.Length);
    }
}

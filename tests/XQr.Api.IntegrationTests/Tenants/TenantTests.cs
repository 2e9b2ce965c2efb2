using System.Text.Json.Nodes;
using XQr.Api.IntegrationTests.OpenApi;
using XQr.Api.Pipeline.RateLimits;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Tenants;

/// <summary>
/// Nobody reaches what belongs to another workspace. Whatever the API's description has is tried, so that operations that come later are
/// covered by themselves: an id that the walk can't fill in is a failure that says what to add.
/// </summary>
public sealed class TenantTests(ServiceFixture service)
{
    [Fact]
    public async Task IdsOfAnotherWorkspace_AreNotFoundAndNothingOfItChanges()
    {
        var (victim, caller) = (await NewTenantAsync(), await NewTenantAsync());
        var ids = new Dictionary<ResourceKind, string>();
        foreach (var kind in Resources.Kinds)
        {
            ids[kind] = await kind.NewAsync(victim);
        }

        var before = await RowsAsync(victim);
        var walk = new TenantWalk(await ApiDescription.ReadAsync(service.Client));

        var faults = await walk.FaultsAsync(caller, kind => Task.FromResult(ids[kind]), [victim.Id, victim.Key.Substring(7, 8), .. ids.Values]);

        Assert.Empty(faults);
        Assert.Equal(before, await RowsAsync(victim));
        Assert.All(ids.Values, id => Assert.Contains(before, row => row.Contains(id, StringComparison.Ordinal)));
    }

    /// <summary>The walk does reach what it tries to: with one's own ids, each request that must fail with another's goes through.</summary>
    [Fact]
    public async Task OwnIds_AreFound()
    {
        var caller = await NewTenantAsync();
        var before = await RowsAsync(caller);
        var walk = new TenantWalk(await ApiDescription.ReadAsync(service.Client));

        var faults = await walk.FaultsAsync(caller, kind => kind.NewAsync(caller), []);

        Assert.NotEqual(0, walk.Tried);
        Assert.Equal(walk.Tried, faults.Count);
        Assert.All(faults, fault => Assert.Contains(", not 404.", fault, StringComparison.Ordinal));
        Assert.NotEqual(before, await RowsAsync(caller));
    }

    /// <summary>What is told in a list is found too.</summary>
    [Fact]
    public async Task ListWithAnIdOfTheVictim_IsAFault()
    {
        var caller = await NewTenantAsync();
        var id = (await caller.Client.NewLinkAsync()).Text("id");

        var faults = await new TenantWalk(await ApiDescription.ReadAsync(service.Client)).FaultsAsync(caller, kind => kind.NewAsync(caller), [id]);

        Assert.Contains(faults, fault => fault == $"GET /api/v1/links: tells {id}.");
    }

    [Theory]
    [InlineData("/api/v1/things/{id}", "id", "path")]
    [InlineData("/api/v1/links", "thing_id", "query")]
    public async Task IdOfAnUnknownKind_IsAFault(string path, string name, string place)
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var caller = await NewTenantAsync();
        api.Root["paths"] = new JsonObject
        {
            [path] = JsonNode.Parse(
                $$"""{"get":{"operationId":"things.get","security":[{"ApiKey":["links:read"]}],"parameters":[{"name":"{{name}}","in":"{{place}}"}] } }"""),
        };

        var fault = Assert.Single(await new TenantWalk(api).FaultsAsync(caller, kind => kind.NewAsync(caller), []));

        Assert.Contains($"what {name} in the {place} is the id of", fault, StringComparison.Ordinal);
    }

    private async Task<TestWorkspace> NewTenantAsync()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var key = await service.Application.NewKeyAsync(owner.WorkspaceId);
        return new(owner.WorkspaceId, key, service.Application.NewClient(key), service.Application.NewClient) { Owner = owner.Client };
    }

    /// <summary>Once no more calls are on lease, so that nothing changes by itself.</summary>
    private async Task<IReadOnlyList<string>> RowsAsync(TestWorkspace workspace)
    {
        await service.Application.Service<RateLimiter>().StopAsync(CancellationToken.None);
        return await TenantRows.ReadAsync(service.Application, workspace.Id);
    }
}

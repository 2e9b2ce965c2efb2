using System.Text.Json.Nodes;
using XQr.Api.IntegrationTests.OpenApi;
using XQr.Api.Pipeline.RateLimits;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Tenants;

/// <summary>
/// Tests that no caller reaches data of another workspace. The test calls all operations of the API's description, including those to
/// come: an id that it cannot fill in is an error that says what to add.
/// </summary>
public sealed class TenantTests(ServiceFixture service) : IAsyncLifetime
{
    private XQrApplication application = null!;

    public async ValueTask InitializeAsync() => application = await service.StartAnotherAsync(
        new Dictionary<string, string?> { ["Xqr:Auth:AllowWorkspaceCreation"] = "true" });

    public ValueTask DisposeAsync() => application.DisposeAsync();

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

        var errors = await walk.FindErrorsAsync(caller, kind => Task.FromResult(ids[kind]), [victim.Id, victim.Key.Substring(7, 8), .. ids.Values]);

        Assert.Empty(errors);
        Assert.Equal(before, await RowsAsync(victim));
        Assert.All(ids.Values, id => Assert.Contains(before, row => row.Contains(id, StringComparison.Ordinal)));
    }

    /// <summary>With the caller's own ids, each request succeeds that must fail with those of another workspace.</summary>
    [Fact]
    public async Task OwnIds_AreFound()
    {
        var caller = await NewTenantAsync();
        var before = await RowsAsync(caller);
        var walk = new TenantWalk(await ApiDescription.ReadAsync(service.Client));

        var errors = await walk.FindErrorsAsync(caller, kind => kind.NewAsync(caller), []);

        Assert.NotEqual(0, walk.Tried);
        Assert.Equal(walk.Tried, errors.Count);
        Assert.All(errors, error => Assert.Contains(", not 404.", error, StringComparison.Ordinal));
        Assert.NotEqual(before, await RowsAsync(caller));
    }

    /// <summary>An id in a list is found too.</summary>
    [Fact]
    public async Task ListWithAnIdOfTheVictim_IsAnError()
    {
        var caller = await NewTenantAsync();
        var id = (await caller.Client.NewLinkAsync()).Text("id");

        var walk = new TenantWalk(await ApiDescription.ReadAsync(service.Client));
        var errors = await walk.FindErrorsAsync(caller, kind => kind.NewAsync(caller), [id]);

        Assert.Contains(errors, error => error == $"GET /api/v1/links: tells {id}.");
    }

    [Theory]
    [InlineData("/api/v1/things/{id}", "id", "path")]
    [InlineData("/api/v1/links", "thing_id", "query")]
    public async Task IdOfAnUnknownKind_IsAnError(string path, string name, string place)
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var caller = await NewTenantAsync();
        api.Root["paths"] = new JsonObject
        {
            [path] = JsonNode.Parse(
                $$"""
                {"get":{"operationId":"things.get","security":[{"ApiKey":["links:read"]}],"parameters":[{"name":"{{name}}","in":"{{place}}"}] } }
                """),
        };

        var error = Assert.Single(await new TenantWalk(api).FindErrorsAsync(caller, kind => kind.NewAsync(caller), []));

        Assert.Contains($"what {name} in the {place} is the id of", error, StringComparison.Ordinal);
    }

    private async Task<TestWorkspace> NewTenantAsync()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var key = await application.NewKeyAsync(owner.WorkspaceId);
        var client = application.NewClient(service.Issuer.Token(owner.Email));

        // One of the operations creates another workspace of the owner.
        client.DefaultRequestHeaders.Add("X-Workspace-Id", owner.WorkspaceId);
        return new(owner.WorkspaceId, key, application.NewClient(key), application.NewClient) { Owner = client };
    }

    /// <summary>Reads the rows after all leases were returned, so that nothing changes by itself.</summary>
    private async Task<IReadOnlyList<string>> RowsAsync(TestWorkspace workspace)
    {
        await application.Service<RateLimiter>().StopAsync(CancellationToken.None);
        return await TenantRows.ReadAsync(application, workspace.Id);
    }
}

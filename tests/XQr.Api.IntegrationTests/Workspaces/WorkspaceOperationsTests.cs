using XQr.Api.Tenancy;
using XQr.Api.Workspaces;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Workspaces;

/// <summary>Calls the operations without HTTP, as the commands do.</summary>
public sealed class WorkspaceOperationsTests(ServiceFixture service)
{
    private readonly WorkspaceOperations operations = service.Application.Service<WorkspaceOperations>();

    [Fact]
    public async Task Workspace_IsCreatedAndChanged()
    {
        var draft = new WorkspaceDraft("Acme", Plan.Pro, "Posters", "ada@example.com");
        var created = (await operations.CreateAsync(draft, CancellationToken.None)).Value!;
        Assert.Equal(("Acme", Plan.Pro, "Posters"), (created.Name, created.Plan, created.Description));
        Assert.Equal(created, (await operations.GetAsync(created.Id, CancellationToken.None)).Value);

        var updated = await operations.UpdateAsync(created.Id, name: null, description: "", CancellationToken.None);
        Assert.Equal(created with { Description = null }, updated.Value);

        var changed = await operations.SetPlanAsync(created.Id, Plan.Free, CancellationToken.None);
        Assert.Equal(updated.Value! with { Plan = Plan.Free }, changed.Value);
    }

    [Fact]
    public async Task InvalidProperties_AreAllReported()
    {
        var draft = new WorkspaceDraft("A\tB", Plan.Pro, new string('d', 501), "nobody");

        var result = await operations.CreateAsync(draft, CancellationToken.None);

        Assert.Equal("VALIDATION_ERROR", result.Error?.Code);
        Assert.Equal(3, result.Error?.Details?.AsArray().Count);
    }

    [Theory]
    [InlineData("ws_nobody")]
    [InlineData("ws_01a21216-555f-7ecf-ac4b-6fb64ae8b7f4")]
    public async Task UnknownWorkspace_IsNotFound(string id)
    {
        Assert.Equal("NOT_FOUND", (await operations.GetAsync(id, CancellationToken.None)).Error?.Code);
        Assert.Equal("NOT_FOUND", (await operations.UpdateAsync(id, "Acme", description: null, CancellationToken.None)).Error?.Code);
        Assert.Equal("NOT_FOUND", (await operations.SetPlanAsync(id, Plan.Pro, CancellationToken.None)).Error?.Code);
    }
}

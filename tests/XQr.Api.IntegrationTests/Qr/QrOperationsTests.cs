using System.IO.Compression;
using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr;
using XQr.Api.Qr.Batch;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Templates;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>Calls the operations without HTTP, as pages and commands do.</summary>
public sealed class QrOperationsTests(ServiceFixture service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Template_IsCreatedChangedAndDeletedWithinThePlan()
    {
        var (_, caller) = await NewCallerAsync(new() { QrTemplates = 1 });
        var templates = service.Application.Service<TemplateOperations>();

        var created = await templates.CreateAsync(caller, Body("""{"name":"Posters","design":{"dot_style":"dots"}}"""), Seed(), Cancellation);
        var refused = await templates.CreateAsync(caller, Body("""{"name":"Flyers"}"""), Seed(), Cancellation);
        var id = created.Value!.Id.ToString();
        var changed = await templates.UpdateAsync(caller, id, Body("""{"name":"Summer"}"""), IfMatch.Any, Cancellation);
        var renumbered = await templates.UpdateAsync(caller, id, Body("""{"id":"other"}"""), IfMatch.Any, Cancellation);
        var found = await templates.GetAsync(caller, id, Cancellation);
        var deleted = await templates.DeleteAsync(caller, id, IfMatch.Any, Cancellation);
        var missing = await templates.DeleteAsync(caller, id, IfMatch.Any, Cancellation);

        Assert.Equal("PLAN_LIMIT_EXCEEDED", refused.Error?.Code);
        Assert.Equal(("Summer", "dots"), (changed.Value?.Name, changed.Value?.Design.DotStyle));
        Assert.Equal("VALIDATION_ERROR", renumbered.Error?.Code);
        Assert.Equal(changed.Value?.Version, found.Value?.Version);
        Assert.Equal(created.Value.Id, deleted.Value?.Id);
        Assert.Equal("NOT_FOUND", missing.Error?.Code);
    }

    [Fact]
    public async Task LinkCodes_AreCountedUpToThePlan()
    {
        var (workspace, caller) = await NewCallerAsync(new() { DynamicQr = 1 });
        var operations = service.Application.Service<QrOperations>();
        var (first, second) = ((await workspace.Client.NewLinkAsync()).Text("id"), (await workspace.Client.NewLinkAsync()).Text("id"));

        var rendered = await RenderAsync(first);
        var again = await RenderAsync(first);
        var refused = await RenderAsync(second);

        Assert.NotEmpty(rendered.Value.Content!.Bytes);
        Assert.Equal(rendered.Value, again.Value);
        Assert.Equal("PLAN_LIMIT_EXCEEDED", refused.Error?.Code);

        Task<OperationResult<QrImage>> RenderAsync(string id) =>
            operations.RenderLinkAsync(caller, id, RenderFields.Of(Body("""{"format":"png"}""")), IfNoneMatch.None, Cancellation);
    }

    [Fact]
    public async Task Batch_RequiresItsFeature()
    {
        var (workspace, caller) = await NewCallerAsync(new());
        var operations = service.Application.Service<BatchOperations>();
        var link = await workspace.Client.NewLinkAsync();
        var body = Body($$"""{"link_ids":["{{link.Text("id")}}"]}""");

        var refused = await operations.RenderAsync(caller with { Plan = new() { Features = new() { BulkOps = false } } }, body, Cancellation);
        var archive = await operations.RenderAsync(caller, body, Cancellation);
        using var file = new MemoryStream();
        await archive.Value!.WriteAsync(file, Cancellation);

        Assert.Equal("FEATURE_NOT_AVAILABLE", refused.Error?.Code);
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        Assert.Equal($"{link.Text("short_code")}.svg", Assert.Single(zip.Entries).FullName);
    }

    private static JsonElement Body(string json) => JsonElement.Parse(json);

    private static CreationSeed Seed() => CreationSeed.New(TimeProvider.System.GetUtcNow());

    private async Task<(TestWorkspace Workspace, Caller Caller)> NewCallerAsync(PlanOptions plan)
    {
        var workspace = await service.NewWorkspaceAsync();
        return (workspace, new(new(workspace.Id, "Test", Plan.Enterprise, TimeProvider.System.GetUtcNow()), plan, Actor.Operator));
    }
}

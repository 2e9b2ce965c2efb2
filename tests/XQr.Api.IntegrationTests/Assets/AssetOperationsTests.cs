using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using XQr.Api.Assets;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

/// <summary>Tests of the operations without HTTP, as the dashboard and MCP tools call them.</summary>
public sealed class AssetOperationsTests(ServiceFixture service)
{
    private static readonly QueryCollection Query = new(
        new Dictionary<string, StringValues>
        {
            ["filename"] = "logo.png",
            ["file_size"] = AssetSteps.Png.Length.ToString(CultureInfo.InvariantCulture),
            ["content_type"] = "image/png",
        });

    private AssetOperations Operations => service.Application.Service<AssetOperations>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asset_FromPresignToDelete()
    {
        var caller = await NewCallerAsync();

        var upload = (await Operations.PresignAsync(caller, Query, NewSeed(), Cancellation)).Value;
        using var content = new ByteArrayContent(AssetSteps.Png) { Headers = { { "x-ms-blob-type", "BlockBlob" } } };
        (await AssetSteps.Storage.PutAsync(upload.Url, content, Cancellation)).EnsureSuccessStatusCode();
        var id = upload.Asset.Id.ToString();
        await Operations.ConfirmAsync(caller, id, Cancellation);
        var published = (await Operations.PublishAsync(caller, id, Cancellation)).Value!;
        var changed = (await Operations.UpdateAsync(caller, id, JsonElement.Parse("""{"tags":["a"]}"""), IfMatch.Any, Cancellation)).Value!;

        Assert.True(published is { IsPublic: true, Status: AssetStatus.Confirmed });
        Assert.Equal(["a"], changed.Tags);
        Assert.Equal(changed.Version, (await Operations.GetAsync(caller, id, Cancellation)).Value!.Version);
        Assert.False((await Operations.UnpublishAsync(caller, id, Cancellation)).Value!.IsPublic);
        Assert.True((await Operations.DeleteAsync(caller, id, IfMatch.Any, Cancellation)).Succeeded);
        Assert.Equal("NOT_FOUND", (await Operations.GetAsync(caller, id, Cancellation)).Error!.Code);
    }

    [Fact]
    public async Task InvalidUpload_ErrorNamesTheFields()
    {
        var error = (await Operations.PresignAsync(await NewCallerAsync(), QueryCollection.Empty, NewSeed(), Cancellation)).Error!;

        Assert.Equal("VALIDATION_ERROR", error.Code);
        Assert.Equal(["filename", "file_size"], error.Details!.AsArray().Select(detail => (string?)detail!["field"]));
    }

    [Fact]
    public async Task InvalidBody_ErrorNamesTheField()
    {
        var caller = await NewCallerAsync();
        var id = (await Operations.PresignAsync(caller, Query, NewSeed(), Cancellation)).Value.Asset.Id.ToString();

        var error = (await Operations.UpdateAsync(caller, id, JsonElement.Parse("""{"filename":"a/b"}"""), IfMatch.Any, Cancellation)).Error!;

        Assert.Equal("VALIDATION_ERROR", error.Code);
        Assert.Equal("filename", (string?)error.Details![0]!["field"]);
    }

    [Fact]
    public async Task Presign_RepeatedRunCreatesNoSecondAsset()
    {
        var caller = await NewCallerAsync();
        var seed = NewSeed();

        var first = (await Operations.PresignAsync(caller, Query, NewRun(), Cancellation)).Value.Asset;
        var again = (await Operations.PresignAsync(caller, Query, NewRun(), Cancellation)).Value.Asset;
        var (_, total) = await Operations.ListAsync(caller, new(), Cancellation);

        Assert.Equal((first.Id, 1), (again.Id, total));

        CreationSeed NewRun() => new(seed.At, seed.Seed);
    }

    private async Task<Caller> NewCallerAsync()
    {
        var workspace = await service.Application.Service<WorkspaceStore>().CreateAsync(new("Test", Plan.Pro), Cancellation);
        return new(workspace, service.Application.Service<PlansOptions>()[workspace.Plan], Actor.Operator);
    }

    private static CreationSeed NewSeed() => CreationSeed.New(DateTimeOffset.UtcNow);
}

using System.Net;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.IntegrationTests.Qr;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Outages;

/// <summary>Many writers of the same thing on two instances: each of them gets through.</summary>
public sealed class ContentionTests(ServiceFixture service)
{
    private const int Writers = 16;

    [Theory]
    [InlineData("""{"labels":["a"]}""", """{"labels":["b"]}""")]
    [InlineData("""{"url":"https://example.com/a"}""", """{"url":"https://example.com/b"}""")]
    [InlineData("""{"enabled":true}""", """{"enabled":false}""")]
    public async Task Link_EveryChangeIsMade(params string[] changes)
    {
        await using var other = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        var path = $"/api/v1/links/{(await workspace.Client.NewLinkAsync()).Text("id")}";

        await WriteAsync(workspace, other, 12, path, changes);
    }

    [Fact]
    public async Task Template_EveryChangeIsMade()
    {
        await using var other = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        var path = $"{TemplateAnswers.Templates}/{(await workspace.Client.NewTemplateAsync()).Text("id")}";

        await WriteAsync(workspace, other, 4, path, """{"name":"a"}""", """{"name":"b"}""");
    }

    [Fact]
    public async Task Asset_EveryChangeIsMade()
    {
        await using var other = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        var path = $"{AssetSteps.Assets}/{await workspace.Client.NewAssetAsync()}";

        await WriteAsync(workspace, other, 4, path, """{"tags":["a"]}""", """{"tags":["b"]}""");
    }

    private static async Task WriteAsync(TestWorkspace workspace, XQrApplication other, int each, string path, params string[] changes)
    {
        HttpClient[] clients = [workspace.Client, other.NewClient(workspace.Key)];
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < each; i++)
            {
                statuses.Add((await clients[writer % 2].PatchJsonAsync(path, changes[(writer + i) % changes.Length])).StatusCode);
            }

            return statuses;
        }));

        Assert.All(answers.SelectMany(statuses => statuses), status => Assert.Equal(HttpStatusCode.OK, status));
    }
}

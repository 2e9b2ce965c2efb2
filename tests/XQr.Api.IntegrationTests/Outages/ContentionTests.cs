using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.IntegrationTests.Qr;
using XQr.Api.Pipeline;
using XQr.Api.Storage;
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

    /// <summary>A read and a write each: changes of one thing in a process come one after the other.</summary>
    [Fact]
    public async Task ChangesInOneProcess_CostNoFurtherAttempt()
    {
        const int Some = 6;
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var workspace = await instance.NewWorkspaceAsync();
        (string Path, string Change)[] changes =
        [
            ($"/api/v1/links/{(await workspace.Client.NewLinkAsync()).Text("id")}", """{"labels":["a"]}"""),
            ($"{TemplateAnswers.Templates}/{(await workspace.Client.NewTemplateAsync()).Text("id")}", """{"name":"a"}"""),
            ($"{AssetSteps.Assets}/{await workspace.Client.NewAssetAsync()}", """{"tags":["a"]}"""),
        ];

        foreach (var (path, change) in changes)
        {
            var cost = await instance.Calls.CostAsync(
                () => Task.WhenAll(Enumerable.Range(0, Some).Select(_ => workspace.Client.PatchJsonAsync(path, change))));
            Assert.Equal(2 * Some, cost);
        }
    }

    [Fact]
    public async Task TooManyWriters_AnswerBlamesNoStorage()
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new ApiContext("req_0123456789abcdef"));
        using var body = new MemoryStream();
        context.Response.Body = body;

        await new FailureMiddleware(_ => throw new ContentionException("Test."), NullLogger<FailureMiddleware>.Instance).InvokeAsync(context);

        var answer = Encoding.UTF8.GetString(body.ToArray());
        Assert.Equal((503, "1"), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()));
        Assert.Contains("Too many requests change this", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("storage", answer, StringComparison.OrdinalIgnoreCase);
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

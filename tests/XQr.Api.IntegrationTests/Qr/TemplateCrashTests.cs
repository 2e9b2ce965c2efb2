using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using XQr.Api.Storage;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>
/// The process dies at each call to storage in turn. A template is complete or absent, the count is correct, and no logo stays
/// behind. The storage is the tests' own, because their sweep would remove logos whose templates other tests are about to store.
/// </summary>
public sealed class TemplateCrashTests(AzuriteFixture azurite, LogoFixture logos) : IClassFixture<AzuriteFixture>, IClassFixture<LogoFixture>
{
    private const string WithLogo = """{"name":"Logo","design":{"logo_url":"https://logos.test/logo.svg"}}""";
    private const int MaxCalls = 8;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Create_TemplateIsThereOrNot(bool callIsExecuted) => AtEachCallAsync(
        callIsExecuted, 0, (client, _) => client.PostJsonAsync(Templates, WithLogo), expected => expected is 0 or 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Update_TemplateIsOldOrNew(bool callIsExecuted) => AtEachCallAsync(
        callIsExecuted, 1, (client, id) => client.PatchJsonAsync($"{Templates}/{id}", WithLogo), expected => expected == 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Delete_TemplateIsThereOrNot(bool callIsExecuted) => AtEachCallAsync(
        callIsExecuted, 1, (client, id) => client.DeleteAsync($"{Templates}/{id}"), expected => expected is 0 or 1);

    /// <summary>The same request again, with its key, after the process died: one template, however far the first run came.</summary>
    [Fact]
    public async Task Retry_MakesNothingTwice()
    {
        for (var calls = 0; calls < MaxCalls; calls++)
        {
            var time = new OffsetTime();
            await using var dying = await StartAsync(time);
            await using var survivor = await StartAsync(time);
            var workspace = await survivor.NewWorkspaceAsync();
            using var client = dying.NewClient(workspace.Key);
            await dying.UseAsync(workspace.Key);

            dying.Faults.DieAfter(calls, loseNextResponse: true);
            await CreateAsync(client);
            time.Advance(TimeSpan.FromMinutes(1));

            await (await CreateAsync(workspace.Client)).DataAsync(HttpStatusCode.Created);
            await CheckAsync(survivor, workspace, time, count => count == 1);
        }

        static async Task<HttpResponseMessage> CreateAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Templates)
            {
                Content = Answers.Json(WithLogo),
                Headers = { { "Idempotency-Key", "once" } },
            };
            return await client.SendAsync(request);
        }
    }

    private async Task AtEachCallAsync(
        bool callIsExecuted, int existing, Func<HttpClient, string, Task<HttpResponseMessage>> act, Func<int, bool> isRight)
    {
        for (var calls = 0; ; calls++)
        {
            Assert.True(calls < MaxCalls, "The operation makes more calls than this test foresees.");
            var time = new OffsetTime();
            await using var dying = await StartAsync(time);
            await using var survivor = await StartAsync(time);
            var workspace = await survivor.NewWorkspaceAsync();
            var id = existing == 0 ? "" : (await workspace.Client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.png"}""")).Text("id");
            using var client = dying.NewClient(workspace.Key);
            await dying.UseAsync(workspace.Key);

            dying.Faults.DieAfter(calls, callIsExecuted);
            await act(client, id);
            var died = dying.Faults.Happened;
            await CheckAsync(survivor, workspace, time, isRight);
            if (!died)
            {
                Assert.True(calls > 1, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }

    private Task<XQrApplication> StartAsync(OffsetTime time) => XQrApplication.StartAsync(azurite.ConnectionString, configure: services =>
    {
        logos.NewNetwork().Register(services);
        time.Register(services);
    });

    private static async Task CheckAsync(XQrApplication survivor, TestWorkspace workspace, OffsetTime time, Func<int, bool> isRight)
    {
        var list = await (await workspace.Client.GetAsync(Templates)).BodyAsync();
        JsonElement[] templates = [.. list.GetProperty("data").EnumerateArray()];
        Assert.True(isRight(templates.Length), $"There are {templates.Length} templates.");
        Assert.Equal(templates.Length, list.GetProperty("meta").Number("total"));
        Assert.All(
            await Task.WhenAll(templates.Select(template => workspace.Client.ImageAsync($"{Templates}/{template.Text("id")}/render?data=x"))),
            Assert.NotEmpty);

        time.Advance(TimeSpan.FromDays(3));
        if (await survivor.TakeRequestAsync("logos", workspace.Id))
        {
            await survivor.DoWorkAsync("logos", workspace.Id);
        }

        Assert.Equal(
            templates.Length, await survivor.Service<Containers>().QrLogos.GetBlobsAsync(new GetBlobsOptions { Prefix = workspace.Id }).CountAsync());
    }
}

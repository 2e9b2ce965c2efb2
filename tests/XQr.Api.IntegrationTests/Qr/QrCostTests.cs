using System.Net;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>Storage transactions of each operation; see <see cref="StorageCostTests"/>.</summary>
public sealed class QrCostTests(ServiceFixture service, LogoFixture logos) : IClassFixture<LogoFixture>
{
    [Fact]
    public async Task Operations_CostWhatTheyShould()
    {
        await using var instance = await service.StartAnotherAsync(services: services =>
        {
            logos.NewNetwork().Register(services);
            new StillTime().Register(services);
        });
        var client = (await instance.NewWorkspaceAsync()).Client;
        var plain = $"{Templates}/{(await client.NewTemplateAsync()).Text("id")}";
        var link = (await client.NewLinkAsync()).Text("id");
        var code = $"/api/v1/links/{link}/qr?template_id={plain[(Templates.Length + 1)..]}";

        Assert.Equal(1, await CostAsync(() => client.NewTemplateAsync()));

        // The logo and the template, and the request to look for unused logos: with its message, or known to be on its way.
        Assert.Equal(2 + 2, await CostAsync(() => client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.svg"}""")));
        Assert.Equal(2 + 1, await CostAsync(() => client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.svg"}""")));
        Assert.Equal(2, await CostAsync(() => client.GetAsync(Templates)));
        Assert.Equal(3, await CostAsync(() => client.GetAsync($"{Templates}?offset=1")));
        Assert.Equal(1, await CostAsync(() => client.GetAsync(plain)));
        Assert.Equal(2, await CostAsync(() => client.PatchJsonAsync(plain, """{"name":"y"}""")));
        Assert.Equal(1, await CostAsync(() => client.ImageAsync($"{plain}/render?data=x")));
        Assert.Equal(4, await CostAsync(() => client.ImageAsync(code)));
        Assert.Equal(2, await CostAsync(() => client.ImageAsync(code)));
        Assert.Equal(0, await CostAsync(() => client.ImageAsync("/api/v1/qr/render?data=x")));
        Assert.Equal(0, await CostAsync(() => client.ImageAsync("/api/v1/qr/render?data=x&format=png")));
        Assert.Equal(2, await CostAsync(() => client.DeleteAsync(plain)));

        Task<int> CostAsync(Func<Task> act) => instance.Calls.CostAsync(act);
    }

    [Fact]
    public async Task Logo_IsReadOnceByAnInstance()
    {
        var workspace = await logos.Application.NewWorkspaceAsync();
        var template = $"{Templates}/{(await workspace.Client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.svg"}""")).Text("id")}";
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        using var client = instance.NewClient(workspace.Key);
        await client.GetAsync(template);

        Assert.Equal(2, await instance.Calls.CostAsync(() => client.ImageAsync($"{template}/render?data=x")));
        Assert.Equal(1, await instance.Calls.CostAsync(() => client.ImageAsync($"{template}/render?data=y")));

        // The template, the request to look for unused logos, the count, which this instance doesn't know, both changed, the logo.
        Assert.Equal(5, await instance.Calls.CostAsync(() => client.DeleteAsync(template)));
    }

    [Fact]
    public async Task Batch_OneReadALinkAndFewCommits()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var workspace = await instance.NewWorkspaceAsync();
        await Links.LinkSeed.AddAsync(instance, workspace.Id, 200, _ => ["tables"]);
        await workspace.Client.GetAsync("/api/v1/links/x");

        // The index and the links; each again to be counted, and three commits. Then the index and the links alone.
        Assert.Equal(1 + 200 + 200 + 3, await instance.Calls.CostAsync(BatchAsync));
        Assert.Equal(1 + 200, await instance.Calls.CostAsync(BatchAsync));

        async Task BatchAsync()
        {
            using var response = await workspace.Client.PostJsonAsync("/api/v1/qr/batch", """{"label":"tables"}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
        }
    }
}

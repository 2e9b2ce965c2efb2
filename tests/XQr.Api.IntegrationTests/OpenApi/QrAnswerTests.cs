using System.Net;
using XQr.Api.IntegrationTests.Qr;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

/// <summary>The responses about QR codes match the description.</summary>
public sealed class QrAnswerTests(ServiceFixture service)
{
    private const string Unknown = "/api/v1/qr/templates/0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40";

    [Fact]
    public async Task Answers_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;
        var link = (await client.NewLinkAsync()).Text("id");

        var created = await client.PostJsonAsync(TemplateAnswers.Templates, """{"name":"x","description":"y","design":{"dot_style":"dots"}}""");
        await api.CheckAsync("templatesCreate", created);
        var path = created.Header("Location")!;
        await api.CheckAsync("templatesList", await client.GetAsync(TemplateAnswers.Templates));
        await api.CheckAsync("templatesGet", await client.GetAsync(path));
        await api.CheckAsync("templatesGet", await client.VisitAsync(path, headers: ("If-None-Match", "*")));
        await api.CheckAsync("templatesUpdate", await client.PatchJsonAsync(path, """{"description":null}"""));
        await api.CheckAsync("qrRenderTemplate", await client.GetAsync($"{path}/render?data=x"));
        await api.CheckAsync("qrRenderTemplateByPost", await client.PostAsync($"{path}/render?data=x&format=png", null));
        await api.CheckAsync("qrRender", await client.GetAsync("/api/v1/qr/render?type=geo&latitude=1&longitude=2"));
        await api.CheckAsync("qrRenderByPost", await client.PostAsync("/api/v1/qr/render?data=x", null));
        await api.CheckAsync("qrRenderMany", await client.PostJsonAsync("/api/v1/qr/batch", $$"""{"link_ids":["{{link}}"]}"""));
        await api.CheckAsync("templatesDelete", await client.DeleteAsync(path));

        await api.CheckAsync("templatesGet", await client.GetAsync(Unknown));
        await api.CheckAsync("templatesCreate", await client.PostJsonAsync(TemplateAnswers.Templates, "{}"));
        await api.CheckAsync("templatesUpdate", await client.PatchJsonAsync(Unknown, "{}"));
        await api.CheckAsync("templatesDelete", await client.DeleteAsync(Unknown));
        await api.CheckAsync("qrRender", await client.GetAsync("/api/v1/qr/render"));
        await api.CheckAsync("qrRenderTemplate", await client.GetAsync($"{Unknown}/render?data=x"));
        await api.CheckAsync("qrRenderMany", await client.PostJsonAsync("/api/v1/qr/batch", "{}"));
    }

    [Theory]
    [InlineData("templatesCreate", """{"name":"x"}""", true)]
    [InlineData("templatesCreate", """{"name":"x","description":null,"design":null}""", true)]
    [InlineData(
        "templatesCreate",
        """{"name":"x","design":{"foreground_color":"#123","logo_url":null,"quiet_zone":16,"error_correction":"H"}}""",
        true)]
    [InlineData("templatesCreate", """{}""", false)]
    [InlineData("templatesCreate", """{"name":""}""", false)]
    [InlineData("templatesCreate", """{"name":"x","design":{"dot_style":"stars"}}""", false)]
    [InlineData("templatesCreate", """{"name":"x","design":{"error_correction":"h"}}""", false)]
    [InlineData("templatesCreate", """{"name":"x","design":{"logo_size":0.5}}""", false)]
    [InlineData("templatesCreate", """{"name":"x","design":{"colour":"#123"}}""", false)]
    [InlineData("templatesUpdate", """{}""", true)]
    [InlineData("templatesUpdate", """{"name":"y","description":null,"design":{}}""", true)]
    [InlineData("templatesUpdate", """{"name":null}""", false)]
    [InlineData("templatesUpdate", """{"design":null}""", false)]
    public async Task Bodies_AreTakenAsDescribed(string operationId, string body, bool valid)
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"{TemplateAnswers.Templates}/{(await client.NewTemplateAsync()).Text("id")}";

        var answer = operationId == "templatesCreate" ? await client.PostJsonAsync(TemplateAnswers.Templates, body) : await client.PatchJsonAsync(
            path, body);

        Assert.True(valid == (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        Assert.Equal(valid, api.Accepts(operationId, body));
    }
}

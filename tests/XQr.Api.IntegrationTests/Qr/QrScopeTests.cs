using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Qr;

public sealed class QrScopeTests(ServiceFixture service)
{
    [Theory]
    [InlineData("POST", "/api/v1/qr/templates", "qr:write", """{"name":"x"}""")]
    [InlineData("GET", "/api/v1/qr/templates", "qr:read", null)]
    [InlineData("GET", "/api/v1/qr/templates/{template}", "qr:read", null)]
    [InlineData("PATCH", "/api/v1/qr/templates/{template}", "qr:write", """{"name":"x"}""")]
    [InlineData("DELETE", "/api/v1/qr/templates/{template}", "qr:write", null)]
    [InlineData("GET", "/api/v1/qr/templates/{template}/render?data=x", "qr:render", null)]
    [InlineData("POST", "/api/v1/qr/templates/{template}/render?data=x", "qr:render", null)]
    [InlineData("GET", "/api/v1/qr/render?data=x", "qr:render", null)]
    [InlineData("POST", "/api/v1/qr/render?data=x", "qr:render", null)]
    [InlineData("GET", "/api/v1/links/{link}/qr?template_id={template}", "qr:render", null)]
    [InlineData("POST", "/api/v1/qr/batch", "qr:render", """{"link_ids":["{link}"]}""")]
    public async Task OnlyThisScope_Admits(string method, string path, string scope, string? body)
    {
        var workspace = await service.NewWorkspaceAsync();
        var (link, template) = ((await workspace.Client.NewLinkAsync()).Text("id"), (await workspace.Client.NewTemplateAsync()).Text("id"));
        using var without = service.Application.NewClient(
            await service.Application.NewKeyAsync(workspace.Id, [.. Scopes.Known.Except([scope, "*"])]));
        using var with = service.Application.NewClient(await service.Application.NewKeyAsync(workspace.Id, scope));

        var error = await (await SendAsync(without)).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");

        Assert.Contains(scope, error.Text("message"), StringComparison.Ordinal);
        Assert.True((await SendAsync(with)).IsSuccessStatusCode);

        async Task<HttpResponseMessage> SendAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(new(method), Filled(path)) { Content = body is null ? null : Answers.Json(Filled(body)) };
            return await client.SendAsync(request);
        }

        string Filled(string text) =>
            text.Replace("{link}", link, StringComparison.Ordinal).Replace("{template}", template, StringComparison.Ordinal);
    }
}

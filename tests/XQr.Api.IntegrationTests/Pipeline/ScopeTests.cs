using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

public sealed class ScopeTests(ServiceFixture service)
{
    public static TheoryData<string, string, string> Operations => new()
    {
        { "POST", "/api/v1/links", "links:write" },
        { "GET", "/api/v1/links", "links:read" },
        { "GET", "/api/v1/links/{id}", "links:read" },
        { "PATCH", "/api/v1/links/{id}", "links:write" },
        { "DELETE", "/api/v1/links/{id}", "links:write" },
        { "GET", "/api/v1/links/{id}/qr", "qr:render" },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task OnlyThisScope_Admits(string method, string path, string scope)
    {
        var workspace = await service.NewWorkspaceAsync();
        var id = (await workspace.Client.NewLinkAsync()).Text("id");
        var allOthers = Scopes.Known.Except([scope, "*"]).ToArray();

        using var without = service.Application.NewClient(await service.Application.NewKeyAsync(workspace.Id, allOthers));
        using var with = service.Application.NewClient(await service.Application.NewKeyAsync(workspace.Id, scope));

        var error = await (await SendAsync(without)).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        Assert.Contains(scope, error.Text("message"), StringComparison.Ordinal);
        Assert.True((await SendAsync(with)).IsSuccessStatusCode);

        async Task<HttpResponseMessage> SendAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(new(method), path.Replace("{id}", id, StringComparison.Ordinal))
            {
                Content = method is "POST" or "PATCH" ? Answers.Json("""{"url":"https://example.com/"}""") : null,
            };
            return await client.SendAsync(request);
        }
    }
}

using XQr.Api.IntegrationTests.OpenApi;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>What the service really answers is what the description says.</summary>
public sealed class DeveloperAnswerTests(ServiceFixture service)
{
    [Fact]
    public async Task Successes_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewOwnedWorkspaceAsync()).Client;
        var created = await client.PostJsonAsync(Team.Keys, """{"name":"k","scopes":["links:read"]}""");
        var invited = await client.PostJsonAsync(Team.Members, $$"""{"email":"{{Team.NewEmail()}}"}""");
        var (key, member) = (created.Header("Location")!, invited.Header("Location")!);

        await api.CheckAsync("keys.create", created);
        await api.CheckAsync("keys.list", await client.GetAsync(Team.Keys));
        await api.CheckAsync("keys.get", await client.GetAsync(key));
        await api.CheckAsync("keys.update", await client.PatchJsonAsync(key, """{"name":"n"}"""));
        await api.CheckAsync("keys.rotate", await client.PostAsync($"{key}/rotate", null));
        await api.CheckAsync("keys.revoke", await client.DeleteAsync(key));
        await api.CheckAsync("members.invite", invited);
        await api.CheckAsync("members.list", await client.GetAsync(Team.Members));
        await api.CheckAsync("members.get", await client.GetAsync(member));
        await api.CheckAsync("members.update", await client.PatchJsonAsync(member, """{"role":"admin"}"""));
        await api.CheckAsync("members.remove", await client.DeleteAsync(member));
        await api.CheckAsync("account.get", await client.GetAsync(Team.Me));
        await api.CheckAsync("audit.list", await client.GetAsync(Team.Audit));
    }

    [Fact]
    public async Task Errors_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewOwnedWorkspaceAsync()).Client;
        var (_, reader) = await service.JoinAsync(client, "member");

        await api.CheckAsync("keys.list", await service.Client.GetAsync(Team.Keys));
        await api.CheckAsync("keys.list", await client.GetAsync($"{Team.Keys}?limit=0"));
        await api.CheckAsync("keys.get", await client.GetAsync($"{Team.Keys}/x"));
        await api.CheckAsync("keys.create", await reader.PostJsonAsync(Team.Keys, "{}"));
        await api.CheckAsync("keys.create", await client.PostJsonAsync(Team.Keys, "{}"));
        await api.CheckAsync("keys.create", await client.PostAsync(Team.Keys, null));
        await api.CheckAsync("members.invite", await client.PostJsonAsync(Team.Members, """{"email":"x"}"""));
    }

    [Theory]
    [InlineData("keys.create", """{"name":"k","scopes":["links:read"],"expires_at":"2100-01-01T00:00:00Z"}""", true)]
    [InlineData("keys.create", """{"name":"k","scopes":[]}""", false)]
    [InlineData("keys.create", """{"name":"","scopes":["*"]}""", false)]
    [InlineData("keys.create", """{"name":"k","scopes":["*"],"key":"mine"}""", false)]
    [InlineData("members.invite", """{"email":"ada@example.org","role":"admin"}""", true)]
    [InlineData("members.invite", """{"email":"ada@example.org","role":"king"}""", false)]
    public async Task Bodies_AreTakenAsDescribed(string operationId, string body, bool valid)
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewOwnedWorkspaceAsync()).Client;

        var answer = await client.PostJsonAsync(operationId == "keys.create" ? Team.Keys : Team.Members, body);

        Assert.Equal(valid, answer.IsSuccessStatusCode);
        Assert.Equal(valid, api.Accepts(operationId, body));
    }
}

using XQr.Api.IntegrationTests.OpenApi;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Compares responses of the service with its description.</summary>
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

        await api.CheckAsync("keysCreate", created);
        await api.CheckAsync("keysList", await client.GetAsync(Team.Keys));
        await api.CheckAsync("keysGet", await client.GetAsync(key));
        await api.CheckAsync("keysUpdate", await client.PatchJsonAsync(key, """{"name":"n"}"""));
        await api.CheckAsync("keysRotate", await client.PostAsync($"{key}/rotate", null));
        await api.CheckAsync("keysRevoke", await client.DeleteAsync(key));
        await api.CheckAsync("membersInvite", invited);
        await api.CheckAsync("membersList", await client.GetAsync(Team.Members));
        await api.CheckAsync("membersGet", await client.GetAsync(member));
        await api.CheckAsync("membersUpdate", await client.PatchJsonAsync(member, """{"role":"admin"}"""));
        await api.CheckAsync("membersRemove", await client.DeleteAsync(member));
        await api.CheckAsync("accountGet", await client.GetAsync(Team.Me));
        await api.CheckAsync("auditList", await client.GetAsync(Team.Audit));
    }

    [Fact]
    public async Task Errors_AreAsDescribed()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewOwnedWorkspaceAsync()).Client;
        var (_, reader) = await service.JoinAsync(client, "member");

        await api.CheckAsync("keysList", await service.Client.GetAsync(Team.Keys));
        await api.CheckAsync("keysList", await client.GetAsync($"{Team.Keys}?limit=0"));
        await api.CheckAsync("keysGet", await client.GetAsync($"{Team.Keys}/x"));
        await api.CheckAsync("keysCreate", await reader.PostJsonAsync(Team.Keys, "{}"));
        await api.CheckAsync("keysCreate", await client.PostJsonAsync(Team.Keys, "{}"));
        await api.CheckAsync("keysCreate", await client.PostAsync(Team.Keys, null));
        await api.CheckAsync("membersInvite", await client.PostJsonAsync(Team.Members, """{"email":"x"}"""));
    }

    [Theory]
    [InlineData("keysCreate", """{"name":"k","scopes":["links:read"],"expires_at":"2100-01-01T00:00:00Z"}""", true)]
    [InlineData("keysCreate", """{"name":"k","scopes":[]}""", false)]
    [InlineData("keysCreate", """{"name":"","scopes":["*"]}""", false)]
    [InlineData("keysCreate", """{"name":"k","scopes":["*"],"key":"mine"}""", false)]
    [InlineData("membersInvite", """{"email":"ada@example.org","role":"admin"}""", true)]
    [InlineData("membersInvite", """{"email":"ada@example.org","role":"king"}""", false)]
    public async Task Bodies_AreTakenAsDescribed(string operationId, string body, bool valid)
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var client = (await service.NewOwnedWorkspaceAsync()).Client;

        var answer = await client.PostJsonAsync(operationId == "keysCreate" ? Team.Keys : Team.Members, body);

        Assert.Equal(valid, answer.IsSuccessStatusCode);
        Assert.Equal(valid, api.Accepts(operationId, body));
    }
}

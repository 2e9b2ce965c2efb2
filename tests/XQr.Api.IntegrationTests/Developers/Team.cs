using System.Net;
using System.Text.Json;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Creates and lists members and keys.</summary>
internal static class Team
{
    public const string Keys = "/api/developer/keys";
    public const string Members = "/api/developer/members";
    public const string Audit = "/api/developer/audit";
    public const string Me = "/api/developer/me";
    public const string Workspace = "/api/developer/workspace";
    public const string Workspaces = "/api/developer/workspaces";

    /// <summary>Invites a person.</summary>
    public static async Task<JsonElement> InviteAsync(this HttpClient client, string? email = null, string role = "member") =>
        await (await client.PostJsonAsync(Members, $$"""{"email":"{{email ?? NewEmail()}}","role":"{{role}}"}""")).DataAsync(HttpStatusCode.Created);

    /// <summary>Invites a person, who then signs in.</summary>
    public static async Task<(string Id, HttpClient Client)> JoinAsync(this ServiceFixture service, HttpClient client, string role)
    {
        var invited = await client.InviteAsync(role: role);
        var member = service.Application.NewClient(service.Issuer.Token(invited.Text("email")));
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(Keys)).StatusCode);
        return (invited.Text("id"), member);
    }

    public static async Task<JsonElement> NewKeyAsync(this HttpClient client, string name = "Website") =>
        await (await client.PostJsonAsync(Keys, $$"""{"name":"{{name}}","scopes":["links:read"]}""")).DataAsync(HttpStatusCode.Created);

    public static async Task<JsonElement[]> ListAsync(this HttpClient client, string path) =>
        [.. (await (await client.GetAsync(path)).DataAsync()).EnumerateArray()];

    public static string NewEmail() => $"{Guid.NewGuid():N}@example.com";
}

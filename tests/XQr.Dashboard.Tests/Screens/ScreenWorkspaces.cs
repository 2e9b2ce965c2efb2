using System.Net;
using System.Text.Json;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Screens;

/// <summary>Creates the workspaces that the tests of all screens show: one that is full, an empty one, and one whose plan is used up.</summary>
public sealed class ScreenWorkspaces(ServiceFixture service)
{
    public const int Links = 60;

    private readonly Lazy<Task<FilledWorkspace>> full = new(() => FillAsync(service));
    private readonly Lazy<Task<TestMember>> empty = new(() => service.NewOwnedWorkspaceAsync());
    private readonly Lazy<Task<TestMember>> limited = new(() => service.NewOwnedWorkspaceAsync(Plan.Free));

    public Task<FilledWorkspace> FullAsync() => full.Value;

    public Task<TestMember> EmptyAsync() => empty.Value;

    public Task<TestMember> LimitedAsync() => limited.Value;

    /// <summary>Finds the person and the address of a screen.</summary>
    /// <param name="state">
    /// The workspace, and for a full one the role: <c>visitor</c>, <c>empty</c>, <c>full</c>, <c>member</c> or <c>limited</c>.
    /// </param>
    /// <param name="path">The path below that of the workspace; for a visitor all of it.</param>
    public async Task<(string? Email, string Address)> FindAsync(string state, string path)
    {
        if (state == "visitor")
        {
            return (null, path);
        }

        var filled = state is "full" or "member" ? await FullAsync() : null;
        var owner = filled?.Owner ?? await (state == "empty" ? EmptyAsync() : LimitedAsync());
        return (
            state == "member" ? filled!.MemberEmail : owner.Email,
            Paths.Of(owner.WorkspaceId) + path
                .Replace("{link}", filled?.LinkPath, StringComparison.Ordinal)
                .Replace("{id}", filled?.Link.Text("id"), StringComparison.Ordinal)
                .Replace("{member}", filled?.MemberPath, StringComparison.Ordinal)
                .Replace("{key}", filled?.KeyPath, StringComparison.Ordinal));
    }

    private static async Task<FilledWorkspace> FillAsync(ServiceFixture service)
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var key = await service.Application.NewKeyAsync(owner.WorkspaceId);
        using var client = service.Application.NewClient(key);
        var links = string.Join(',', Enumerable.Range(1, Links).Select(number =>
            $$"""{"url":"https://example.com/menus/{{number}}?season=winter","labels":["table {{number % 7}}","<b>&"]}"""));
        await (await client.PostJsonAsync("/api/v1/links/bulk", $$"""{"links":[{{links}}]}""")).DataAsync(HttpStatusCode.Created);
        var link = await client.NewLinkAsync($$$"""
            {"url":"https://example.com/{{{new string('a', 300)}}}","labels":["terrace"],"expires_at":"{{{DateTimeOffset.UtcNow.AddDays(3):O}}}",
            "routing_rules":[{"destination":"https://example.com/de","priority":1,"conditions":{"countries":["DE","AT"],"device_types":["mobile"]}}]}
            """);
        foreach (var change in (string[])[
            """{"enabled":false}""",
            $$"""{"enabled":true,"labels":["terrace","garden"],"url":"https://example.com/{{new string('b', 300)}}"}""",
        ])
        {
            await (await client.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", change)).DataAsync();
        }

        for (var visit = 0; visit < 3; visit++)
        {
            await service.Client.VisitAsync($"/{link.Text("short_code")}");
        }

        var member = await (await owner.Client.PostJsonAsync(
            "/api/developer/members", $$"""{"email":"member-{{Guid.NewGuid():N}}@example.com","role":"member"}""")).DataAsync(HttpStatusCode.Created);
        var created = await (await owner.Client.PostJsonAsync(
            "/api/developer/keys", """{"name":"Website","scopes":["links:read","links:write"]}""")).DataAsync(HttpStatusCode.Created);
        return new(owner, member, link, created.Text("id"));
    }
}

/// <summary>A workspace with everything that screens show.</summary>
/// <param name="Owner">The owner.</param>
/// <param name="Member">A member with the role <c>member</c>.</param>
/// <param name="Link">A link with rules, labels, scans and an expiry.</param>
/// <param name="KeyId">A key with scopes.</param>
public sealed record FilledWorkspace(TestMember Owner, JsonElement Member, JsonElement Link, string KeyId)
{
    public string MemberEmail => Member.Text("email");

    public string MemberPath => $"settings/members/{Member.Text("id")}";

    public string LinkPath => $"links/{Link.Text("id")}";

    public string KeyPath => $"settings/developers/{KeyId}";
}

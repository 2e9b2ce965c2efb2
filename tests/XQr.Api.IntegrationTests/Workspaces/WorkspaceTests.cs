using System.Globalization;
using System.Net;
using System.Text.Json;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Workspaces;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Workspaces;

public sealed class WorkspaceTests(ServiceFixture service)
{
    private const string Path = "/api/v1/workspace";

    [Fact]
    public async Task Workspace_HasItsFields()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        var workspace = await NewAsync("Acme", "Posters and packages", Plan.Business);

        var data = await (await workspace.Client.GetAsync(Path)).DataAsync();

        Assert.Equal(["id", "name", "description", "plan", "created_at"], data.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            (workspace.Id, "Acme", "Posters and packages", "business"),
            (data.Text("id"), data.Text("name"), data.Text("description"), data.Text("plan")));
        Assert.Matches("^ws_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", data.Text("id"));
        Assert.Matches("^[0-9-]{10}T[0-9:]{8}Z$", data.Text("created_at"));
        Assert.InRange(DateTimeOffset.Parse(data.Text("created_at"), CultureInfo.InvariantCulture), before, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task NoDescription_IsNull()
    {
        var workspace = await service.NewWorkspaceAsync();

        Assert.Equal(JsonValueKind.Null, (await (await workspace.Client.GetAsync(Path)).DataAsync()).GetProperty("description").ValueKind);
    }

    [Fact]
    public async Task Change_IsSeenWithinTenSecondsAndHasAnotherEntityTag()
    {
        var time = new OffsetTime();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await NewAsync("Acme", null, Plan.Pro);
        using var client = instance.NewClient(workspace.Key);
        var first = await client.GetAsync(Path);
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.False(first.Headers.ETag!.IsWeak);
        var unchanged = await client.GetAsync(Path);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());

        var operations = service.Application.Service<WorkspaceOperations>();
        await operations.UpdateAsync(workspace.Id, name: null, "New words", CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(10));
        var described = await (await client.GetAsync(Path)).DataAsync();
        await operations.UpdateAsync(workspace.Id, "Acme Ltd", "", CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(10));
        var renamed = await (await client.GetAsync(Path)).DataAsync();

        Assert.Equal(("Acme", "New words"), (described.Text("name"), described.Text("description")));
        Assert.Equal(("Acme Ltd", (string?)null), (renamed.Text("name"), renamed.GetProperty("description").GetString()));
    }

    [Fact]
    public async Task Members_AreListedNewestFirstWithTheirFields()
    {
        var workspace = await service.NewWorkspaceAsync();
        var table = service.Application.Service<Tables>().Workspaces;
        for (var i = 0; i < 3; i++)
        {
            var joined = DateTimeOffset.UtcNow.AddMinutes(i);
            await table.AddEntityAsync(MemberRow.From(
                new(Ids.NewMember(joined), workspace.Id, $"person{i}@example.com", i == 0 ? null : $"Person {i}", Role.Member, joined)));
        }

        var body = await (await workspace.Client.GetAsync($"{Path}/members")).BodyAsync();

        var members = body.GetProperty("data").EnumerateArray().ToList();
        Assert.All(members, member => Assert.Equal(["id", "email", "name"], member.EnumerateObject().Select(property => property.Name)));
        Assert.All(members, member => Assert.StartsWith("usr_", member.Text("id"), StringComparison.Ordinal));
        Assert.Equal(["person2@example.com", "person1@example.com", "person0@example.com"], members.Select(member => member.Text("email")));
        Assert.Equal(["Person 2", "Person 1", "person0"], members.Select(member => member.GetProperty("name").GetString()));
        Assert.Equal(3, body.GetProperty("meta").Number("total"));
    }

    [Fact]
    public async Task NoMembers_AnEmptyList()
    {
        var body = await (await (await service.NewWorkspaceAsync()).Client.GetAsync($"{Path}/members")).BodyAsync();

        Assert.Equal((0, 0), (body.GetProperty("data").GetArrayLength(), body.GetProperty("meta").Number("total")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/usage")]
    [InlineData("/members")]
    public async Task Scope_IsWorkspaceRead(string part)
    {
        var workspace = await service.NewWorkspaceAsync(Plan.Enterprise, "links:read", "links:write");
        using var reader = workspace.ClientWith(await service.Application.NewKeyAsync(workspace.Id, "workspace:read"));

        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(Path + part)).StatusCode);
        var refused = await (await workspace.Client.GetAsync(Path + part)).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        Assert.Contains("workspace:read", refused.Text("message"), StringComparison.Ordinal);
        await (await service.Client.GetAsync(Path + part)).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        await (await workspace.Client.DeleteAsync(Path + part)).ErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
    }

    private async Task<TestWorkspace> NewAsync(string name, string? description, Plan plan)
    {
        var application = service.Application;
        var workspace = await application.Service<WorkspaceStore>().CreateAsync(new(name, plan, description), CancellationToken.None);
        var key = await application.NewKeyAsync(workspace.Id);
        return new(workspace.Id, key, application.NewClient(key), application.NewClient);
    }
}

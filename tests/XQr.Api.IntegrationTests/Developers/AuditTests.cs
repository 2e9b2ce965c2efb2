using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

public sealed class AuditTests(ServiceFixture service)
{
    [Fact]
    public async Task EveryChange_IsLoggedOnce_NewestFirst_WithItsActor()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var key = (await owner.Client.NewKeyAsync()).Text("id");
        await owner.Client.PatchJsonAsync($"{Team.Keys}/{key}", """{"name":"Shop"}""");
        await owner.Client.PatchJsonAsync($"{Team.Keys}/{key}", """{"name":"Shop"}""");
        var replaced = (await (await owner.Client.PostAsync($"{Team.Keys}/{key}/rotate", null)).DataAsync(HttpStatusCode.Created)).Text("id");
        await owner.Client.DeleteAsync($"{Team.Keys}/{replaced}");
        var (member, _) = await service.JoinAsync(owner.Client, "member");
        await owner.Client.PatchJsonAsync($"{Team.Members}/{member}", """{"role":"admin"}""");
        await owner.Client.DeleteAsync($"{Team.Members}/{member}");
        await service.Application.Service<WorkspaceStore>().SetPlanAsync(owner.WorkspaceId, Plan.Pro, CancellationToken.None);
        await service.Application.Service<WorkspaceStore>().SetPlanAsync(owner.WorkspaceId, Plan.Pro, CancellationToken.None);

        var entries = await owner.Client.ListAsync(Team.Audit);

        Assert.Equal(
            [
                "plan.changed", "member.removed", "member.changed", "member.joined", "member.invited", "key.revoked", "key.rotated",
                "key.renamed", "key.created", "member.joined", "workspace.created",
            ],
            entries.Select(entry => entry.Text("action")));
        Assert.Equal(["plan.changed", "workspace.created"], entries.Where(entry =>
            entry.GetProperty("actor").ValueKind == System.Text.Json.JsonValueKind.Null).Select(entry => entry.Text("action")));
        Assert.Equal(owner.Email, entries[8].GetProperty("actor").Text("email"));
        Assert.Equal((key, "Website"), (entries[8].GetProperty("target").Text("id"), entries[8].GetProperty("target").Text("name")));
        Assert.Equal(replaced, entries[6].GetProperty("details").Text("new_id"));
        Assert.Equal(("member", "admin"), (entries[2].GetProperty("details").Text("role_before"), entries[2].GetProperty("details").Text("role")));
        Assert.Equal(("enterprise", "pro"), (entries[0].GetProperty("details").Text("plan_before"), entries[0].GetProperty("details").Text("plan")));
        Assert.Equal(entries.Length, entries.Select(entry => entry.Text("id")).Distinct().Count());
    }

    [Fact]
    public async Task Pages_AndTotal()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        for (var i = 0; i < 3; i++)
        {
            await owner.Client.NewKeyAsync($"k{i}");
        }

        var all = await owner.Client.ListAsync(Team.Audit);
        var page = await (await owner.Client.GetAsync($"{Team.Audit}?limit=2&offset=1")).BodyAsync();

        Assert.Equal(5, all.Length);
        Assert.Equal(all[1..3].Select(entry => entry.Text("id")), page.GetProperty("data").EnumerateArray().Select(entry => entry.Text("id")));
        Assert.Equal(
            (5, 2, 1),
            (page.GetProperty("meta").Number("total"), page.GetProperty("meta").Number("limit"), page.GetProperty("meta").Number("offset")));
        Assert.Empty(await owner.Client.ListAsync($"{Team.Audit}?offset=5"));
        await (await owner.Client.GetAsync($"{Team.Audit}?offset=-1")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Filters_SelectEntries()
    {
        var today = $"{DateTimeOffset.UtcNow:yyyy-MM-dd}";
        var owner = await service.NewOwnedWorkspaceAsync();
        var (_, admin) = await service.JoinAsync(owner.Client, "admin");
        await admin.NewKeyAsync();

        Assert.Equal(["key.created"], await ActionsAsync("action=key"));
        Assert.Equal(["member.invited"], await ActionsAsync("action=member.invited"));
        Assert.Equal(["member.joined", "member.invited", "member.joined"], await ActionsAsync("action=member"));
        Assert.Equal(["member.invited", "member.joined"], await ActionsAsync($"actor={owner.Email.ToUpperInvariant()}"));
        Assert.Equal(["workspace.created"], await ActionsAsync("actor=operator"));
        Assert.Empty(await ActionsAsync("to_date=2020-01-01"));
        Assert.Equal(5, (await ActionsAsync($"from_date=2020-01-01&to_date=2999-12-31")).Length);
        Assert.NotEmpty(await ActionsAsync($"from_date={today}"));
        var third = (await owner.Client.ListAsync(Team.Audit))[2].Text("id");
        Assert.Equal(2, (await ActionsAsync($"before={third}")).Length);
        var page = await (await owner.Client.GetAsync($"{Team.Audit}?action=member&limit=1&offset=2")).BodyAsync();
        Assert.Equal((3, 1), (page.GetProperty("meta").Number("total"), page.GetProperty("data").GetArrayLength()));

        async Task<string[]> ActionsAsync(string query) =>
            [.. (await owner.Client.ListAsync($"{Team.Audit}?{query}")).Select(entry => entry.Text("action"))];
    }

    [Theory]
    [InlineData("action=keys", "action")]
    [InlineData("action=", "action")]
    [InlineData("from_date=yesterday&to_date=2026-02-30", "from_date", "to_date")]
    [InlineData("from_date=2026-02-02&to_date=2026-02-01", "from_date")]
    [InlineData("before=x&limit=0", "before", "limit")]
    [InlineData("who=ada", "who")]
    public async Task WrongFilter_IsRefused(string query, params string[] fields)
    {
        var owner = await service.NewOwnedWorkspaceAsync();

        var error = await (await owner.Client.GetAsync($"{Team.Audit}?{query}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(fields, error.Fields());
    }

    [Fact]
    public async Task OtherWorkspace_HasALogOfItsOwn()
    {
        var (owner, other) = (await service.NewOwnedWorkspaceAsync(), await service.NewOwnedWorkspaceAsync());
        await other.Client.NewKeyAsync();

        Assert.DoesNotContain(await owner.Client.ListAsync(Team.Audit), entry => entry.Text("action") == "key.created");
    }
}

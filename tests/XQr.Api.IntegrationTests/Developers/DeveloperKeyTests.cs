using System.Net;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

public sealed class DeveloperKeyTests(ServiceFixture service)
{
    [Fact]
    public async Task Create_ReturnsAKeyThatWorks_OnlyOnce()
    {
        var owner = await service.NewOwnedWorkspaceAsync();

        var response = await owner.Client.PostJsonAsync(
            Team.Keys, """{"name":" Website ","scopes":["links:read","qr:render","links:read"],"expires_at":"2100-01-01T00:00:00+01:00"}""");

        var created = await response.DataAsync(HttpStatusCode.Created);
        Assert.Equal($"{Team.Keys}/{created.Text("id")}", response.Header("Location"));
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal("Website", created.Text("name"));
        Assert.Equal("2099-12-31T23:00:00Z", created.Text("expires_at"));
        Assert.Equal($"xqr_pk_{created.Text("prefix")}", created.Text("key")[..15]);
        Assert.Equal(["links:read", "qr:render"], created.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));

        using var client = service.Application.NewClient(created.Text("key"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/links")).StatusCode);
        await (await client.PostJsonAsync("/api/v1/links", "{}")).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");

        foreach (var path in (string[])[Team.Keys, $"{Team.Keys}/{created.Text("id")}", Team.Audit])
        {
            var text = await (await owner.Client.GetAsync(path)).Content.ReadAsStringAsync();
            Assert.Contains(created.Text("prefix"), text, StringComparison.Ordinal);
            Assert.DoesNotContain(created.Text("key")[16..], text, StringComparison.Ordinal);
            Assert.DoesNotContain("hash", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task SameRequestAgain_CreatesAnotherKeyDespiteAnIdempotencyKey()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        owner.Client.DefaultRequestHeaders.Add("Idempotency-Key", "again");

        Assert.NotEqual((await owner.Client.NewKeyAsync()).Text("key"), (await owner.Client.NewKeyAsync()).Text("key"));
    }

    [Theory]
    [InlineData("{}", "name", "scopes")]
    [InlineData("""{"name":"","scopes":[]}""", "name", "scopes")]
    [InlineData("""{"name":null,"scopes":null}""", "name", "scopes")]
    [InlineData("""{"name":7,"scopes":"links:read"}""", "name", "scopes")]
    [InlineData("""{"name":"a\u0007","scopes":["links:read","links:everything",1]}""", "name", "scopes[1]", "scopes[2]")]
    [InlineData("""{"name":"k","scopes":["*"],"expires_at":"2020-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"k","scopes":["*"],"expires_at":"tomorrow","key":"mine"}""", "expires_at", "key")]
    public async Task CreateWithErrors_EachIsNamed(string body, params string[] fields)
    {
        var owner = await service.NewOwnedWorkspaceAsync();

        var error = await (await owner.Client.PostJsonAsync(Team.Keys, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(fields, error.Fields());
    }

    [Fact]
    public async Task NamesOf101Characters_AreTooLong()
    {
        var owner = await service.NewOwnedWorkspaceAsync();

        await (await owner.Client.PostJsonAsync(Team.Keys, $$"""{"name":"{{new string('n', 101)}}","scopes":["*"]}"""))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await owner.Client.NewKeyAsync(new string('n', 100));
    }

    [Fact]
    public async Task List_IsNewestFirst_InPages_WithRevokedKeys()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await owner.Client.NewKeyAsync($"k{i}")).Text("id"));
        }

        await owner.Client.DeleteAsync($"{Team.Keys}/{ids[2]}");
        var page = await (await owner.Client.GetAsync($"{Team.Keys}?limit=2&offset=1")).BodyAsync();

        Assert.Equal(ids, (await owner.Client.ListAsync(Team.Keys)).Select(key => key.Text("id")));
        Assert.Equal(ids[1..3], page.GetProperty("data").EnumerateArray().Select(key => key.Text("id")));
        Assert.Equal(
            (5, 2, 1),
            (page.GetProperty("meta").Number("total"), page.GetProperty("meta").Number("limit"), page.GetProperty("meta").Number("offset")));
        Assert.Equal("String", (await owner.Client.ListAsync(Team.Keys))[2].GetProperty("revoked_at").ValueKind.ToString());
        await (await owner.Client.GetAsync($"{Team.Keys}?limit=0")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task LastUse_IsShown()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var created = await owner.Client.NewKeyAsync();
        using var client = service.Application.NewClient(created.Text("key"));

        await client.GetAsync("/api/v1/links");

        await Eventually.TrueAsync(
            async () => (await owner.Client.ListAsync(Team.Keys))[0].GetProperty("last_used_at")
                .ValueKind == System.Text.Json.JsonValueKind.String, "The use is shown.");
    }

    [Fact]
    public async Task Rename_ChangesOnlyTheName_UnlessStale()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var path = $"{Team.Keys}/{(await owner.Client.NewKeyAsync()).Text("id")}";
        var before = await owner.Client.GetAsync(path);

        var renamed = await owner.Client.PatchJsonAsync(path, """{"name":"Shop"}""");

        Assert.Equal("Shop", (await renamed.DataAsync()).Text("name"));
        Assert.Equal((await (await owner.Client.GetAsync(path)).DataAsync()).GetRawText(), (await renamed.DataAsync()).GetRawText());
        Assert.Equal("Shop", (await (await owner.Client.PatchJsonAsync(path, "{}")).DataAsync()).Text("name"));
        await (await owner.Client.PatchJsonAsync(path, """{"name":null,"scopes":["*"]}""")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        foreach (var method in (string[])["PATCH", "DELETE"])
        {
            using var stale = new HttpRequestMessage(new(method), path)
            {
                Headers = { IfMatch = { before.Headers.ETag! } },
                Content = Answers.Json("""{"name":"Old"}"""),
            };
            await (await owner.Client.SendAsync(stale)).ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        }

        using var current = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { renamed.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await owner.Client.SendAsync(current)).StatusCode);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, path) { Headers = { IfMatch = { renamed.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Client.SendAsync(delete)).StatusCode);
    }

    [Fact]
    public async Task Revoke_EndsTheKeyEverywhereWithinTenSeconds_AndOnlyOnce()
    {
        var time = new OffsetTime();
        await using var other = await service.StartAnotherAsync(services: time.Register);
        var owner = await service.NewOwnedWorkspaceAsync();
        var created = await owner.Client.NewKeyAsync();
        using var client = other.NewClient(created.Text("key"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/links")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.Client.DeleteAsync($"{Team.Keys}/{created.Text("id")}")).StatusCode);
        var revokedAt = (await owner.Client.ListAsync(Team.Keys))[0].Text("revoked_at");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Client.DeleteAsync($"{Team.Keys}/{created.Text("id")}")).StatusCode);
        time.Advance(TimeSpan.FromSeconds(10));

        await (await client.GetAsync("/api/v1/links")).ErrorAsync(HttpStatusCode.Unauthorized, "REVOKED_API_KEY");
        Assert.Equal(revokedAt, (await owner.Client.ListAsync(Team.Keys))[0].Text("revoked_at"));
        Assert.Single(await owner.Client.ListAsync(Team.Audit), entry => entry.Text("action") == "key.revoked");
    }

    [Fact]
    public async Task Rotate_ReplacesTheKeyByOneWithTheSameProperties()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var old = await (await owner.Client.PostJsonAsync(Team.Keys, """{"name":"CI","scopes":["links:read"],"expires_at":"2100-01-01T00:00:00Z"}"""))
            .DataAsync(HttpStatusCode.Created);

        var response = await owner.Client.PostAsync($"{Team.Keys}/{old.Text("id")}/rotate", null);

        var replaced = await response.DataAsync(HttpStatusCode.Created);
        Assert.Equal($"{Team.Keys}/{replaced.Text("id")}", response.Header("Location"));
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.NotEqual(old.Text("id"), replaced.Text("id"));
        Assert.Equal(
            ("CI", "2100-01-01T00:00:00Z", """["links:read"]"""),
            (replaced.Text("name"), replaced.Text("expires_at"), replaced.GetProperty("scopes").GetRawText()));
        await using var instance = await service.StartAnotherAsync();
        using var after = instance.NewClient(replaced.Text("key"));
        using var before = instance.NewClient(old.Text("key"));
        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("/api/v1/links")).StatusCode);
        await (await before.GetAsync("/api/v1/links")).ErrorAsync(HttpStatusCode.Unauthorized, "REVOKED_API_KEY");
        await (await owner.Client.PostAsync($"{Team.Keys}/{old.Text("id")}/rotate", null)).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task SixteenRotationsAtOnce_OneSucceeds()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        await using var other = await service.StartAnotherAsync();
        using var there = other.NewClient(service.Issuer.Token(owner.Email));
        var id = (await owner.Client.NewKeyAsync()).Text("id");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? owner.Client : there).PostAsync($"{Team.Keys}/{id}/rotate", null)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(await owner.Client.ListAsync(Team.Keys), key => key.GetProperty("revoked_at").ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task KeysOfOtherWorkspacesAndMalformedIds_AreNotFound()
    {
        var (owner, other) = (await service.NewOwnedWorkspaceAsync(), await service.NewOwnedWorkspaceAsync());
        var id = (await other.Client.NewKeyAsync()).Text("id");

        foreach (var path in (string[])[$"{Team.Keys}/{id}", $"{Team.Keys}/x", $"{Team.Keys}/key_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"])
        {
            await (await owner.Client.GetAsync(path)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await owner.Client.PatchJsonAsync(path, """{"name":"mine"}""")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await owner.Client.DeleteAsync(path)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
            await (await owner.Client.PostAsync($"{path}/rotate", null)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        var kept = Assert.Single(await other.Client.ListAsync(Team.Keys));
        Assert.Equal(("Website", "Null"), (kept.Text("name"), kept.GetProperty("revoked_at").ValueKind.ToString()));
        Assert.Empty(await owner.Client.ListAsync(Team.Keys));
    }

    [Fact]
    public async Task Text_IsStoredNowhere()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var key = (await owner.Client.NewKeyAsync()).Text("key");

        foreach (var table in service.Application.Service<Tables>().All)
        {
            await foreach (var row in table.QueryAsync<Azure.Data.Tables.TableEntity>(
                entity => entity.PartitionKey == owner.WorkspaceId || entity.PartitionKey == key.Substring(7, 8)))
            {
                Assert.DoesNotContain(row, property => $"{property.Value}".Contains(key[16..], StringComparison.Ordinal));
            }
        }
    }
}

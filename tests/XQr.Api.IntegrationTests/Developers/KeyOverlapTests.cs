using System.Net;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Tests the rotation of a key with an overlap, in which the old key continues to work.</summary>
public sealed class KeyOverlapTests(ServiceFixture service)
{
    [Fact]
    public async Task Overlap_BothKeysWork_ThenTheOldOneIsRevoked()
    {
        var time = new OffsetTime();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var owner = await service.NewOwnedWorkspaceAsync();
        var old = await owner.Client.NewKeyAsync();

        var replaced = await RotateAsync(owner.Client, old, """{"overlap_seconds":3600}""");

        using var before = instance.NewClient(old.Text("key"));
        using var after = instance.NewClient(replaced.Text("key"));
        foreach (var client in (HttpClient[])[before, after])
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/links")).StatusCode);
        }

        var listed = await owner.Client.ListAsync(Team.Keys);
        Assert.Equal([replaced.Text("id"), old.Text("id")], listed.Select(key => key.Text("id")));
        Assert.Equal(JsonValueKind.Null, listed[0].GetProperty("revoked_at").ValueKind);
        var end = DateTimeOffset.Parse(listed[1].Text("revoked_at"), System.Globalization.CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow;
        Assert.InRange(end, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
        Assert.Equal(listed[1].Text("revoked_at"), (await owner.Client.ListAsync(Team.Audit))[0].GetProperty("details").Text("revoked_at"));

        time.Advance(TimeSpan.FromHours(1));
        await (await before.GetAsync("/api/v1/links")).ErrorAsync(HttpStatusCode.Unauthorized, "REVOKED_API_KEY");
        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("/api/v1/links")).StatusCode);
    }

    /// <summary>An old key that leaks during the overlap can be revoked at once.</summary>
    [Fact]
    public async Task RevokedDuringTheOverlap_EndsAtOnce()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var old = await owner.Client.NewKeyAsync();
        await RotateAsync(owner.Client, old, """{"overlap_seconds":3600}""");

        Assert.Equal(HttpStatusCode.NoContent, (await owner.Client.DeleteAsync($"{Team.Keys}/{old.Text("id")}")).StatusCode);

        await using var instance = await service.StartAnotherAsync();
        using var client = instance.NewClient(old.Text("key"));
        await (await client.GetAsync("/api/v1/links")).ErrorAsync(HttpStatusCode.Unauthorized, "REVOKED_API_KEY");
        Assert.Single(await owner.Client.ListAsync(Team.Audit), entry => entry.Text("action") == "key.revoked");
    }

    /// <summary>A revocation that a dying process has begun has ended the key in the row for key checks.</summary>
    [Fact]
    public async Task KeyThatWasEnded_IsNotRevivedByAnOverlap()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var old = await owner.Client.NewKeyAsync();
        await service.Application.Service<Tables>().ApiKeys.UpdateEntityAsync(
            new TableEntity(old.Text("prefix"), "key") { ["RevokedAt"] = DateTimeOffset.UtcNow.AddMinutes(-1) }, ETag.All, TableUpdateMode.Merge);

        var replaced = await RotateAsync(owner.Client, old, """{"overlap_seconds":3600}""");

        await using var instance = await service.StartAnotherAsync();
        using var before = instance.NewClient(old.Text("key"));
        using var after = instance.NewClient(replaced.Text("key"));
        await (await before.GetAsync("/api/v1/links")).ErrorAsync(HttpStatusCode.Unauthorized, "REVOKED_API_KEY");
        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("/api/v1/links")).StatusCode);
    }

    [Fact]
    public async Task RotatedKeysThatStillWork_AreAtMostAsManyAsThePlanAllowsKeys()
    {
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Pro);
        var (key, other) = (await owner.Client.NewKeyAsync(), await owner.Client.NewKeyAsync());
        key = await RotateAsync(owner.Client, key, """{"overlap_seconds":604800}""");
        key = await RotateAsync(owner.Client, key, """{"overlap_seconds":1000}""");

        var error = await (await owner.Client.PostJsonAsync(PathOf(key), """{"overlap_seconds":1}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");

        Assert.Contains("no more than 2 replaced API keys", error.Text("message"), StringComparison.Ordinal);
        await RotateAsync(owner.Client, key, """{"overlap_seconds":0}""");
        await RotateAsync(owner.Client, other, "{}");
        await (await owner.Client.PostJsonAsync(Team.Keys, """{"name":"third","scopes":["*"]}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task KeyInItsOverlap_CannotBeRotatedAgain()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var old = await owner.Client.NewKeyAsync();
        await RotateAsync(owner.Client, old, """{"overlap_seconds":3600}""");

        await (await owner.Client.PostJsonAsync(PathOf(old), """{"overlap_seconds":7200}""")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        await (await owner.Client.PostAsync(PathOf(old), null)).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Theory]
    [InlineData("""{"overlap_seconds":-1}""", "overlap_seconds")]
    [InlineData("""{"overlap_seconds":604801}""", "overlap_seconds")]
    [InlineData("""{"overlap_seconds":1.5}""", "overlap_seconds")]
    [InlineData("""{"overlap_seconds":"60"}""", "overlap_seconds")]
    [InlineData("""{"overlap":60}""", "overlap")]
    public async Task InvalidOverlap_IsNamedAndNothingIsRotated(string body, string field)
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var key = await owner.Client.NewKeyAsync();

        var error = await (await owner.Client.PostJsonAsync(PathOf(key), body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal([field], error.Fields());
        Assert.Single(await owner.Client.ListAsync(Team.Keys));
    }

    /// <summary>Some clients set a media type for every POST.</summary>
    [Fact]
    public async Task NoBody_IsNoOverlapWhateverTheMediaType()
    {
        var owner = await service.NewOwnedWorkspaceAsync();
        var key = await owner.Client.NewKeyAsync();

        var replaced = await RotateAsync(owner.Client, key, "");

        Assert.NotEqual(key.Text("id"), replaced.Text("id"));
        await (await owner.Client.PostJsonAsync(PathOf(replaced), "[]")).ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
    }

    private static string PathOf(JsonElement key) => $"{Team.Keys}/{key.Text("id")}/rotate";

    private static async Task<JsonElement> RotateAsync(HttpClient owner, JsonElement key, string body) =>
        await (await owner.PostJsonAsync(PathOf(key), body)).DataAsync(HttpStatusCode.Created);
}

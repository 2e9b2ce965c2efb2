using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Testing;
using XQr.Testing.Secrets;

namespace XQr.Api.IntegrationTests.Pipeline;

public sealed class KeyTests(ServiceFixture service)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Basic eHFyOnhxcg==")]
    [InlineData("Bearer xqr_pk_1234")]
    [InlineData("Bearer xqr_pk_00000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer xqr_pk_ABCDEF00.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task MissingMalformedOrUnknown_Invalid(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/links");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        await RefusedAsync(await service.Client.SendAsync(request), "INVALID_API_KEY");
    }

    [Fact]
    public async Task WrongSecret_InvalidWhateverTheKeysState()
    {
        var workspace = await service.NewWorkspaceAsync();
        var wrong = workspace.Key[..^1] + (workspace.Key[^1] == 'A' ? 'B' : 'A');
        await service.Application.Service<KeyOperations>().RevokeAsync(Prefix(workspace.Key), CancellationToken.None);

        using var client = service.Application.NewClient(wrong);

        await RefusedAsync(await client.GetAsync("/api/v1/links"), "INVALID_API_KEY");
    }

    [Fact]
    public async Task SchemeInAnyCase_IsAccepted()
    {
        var workspace = await service.NewWorkspaceAsync();
        using var client = service.Application.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bEARER", workspace.Key);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/links")).StatusCode);
    }

    [Fact]
    public async Task Revoked_RefusedEverywhereWithinTenSeconds()
    {
        var time = new OffsetTime();
        await using var other = await service.StartAnotherAsync(services: time.Register);
        var workspace = await service.NewWorkspaceAsync();
        using var client = other.NewClient(workspace.Key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/links")).StatusCode);

        Assert.True((await service.Application.Service<KeyOperations>().RevokeAsync(Prefix(workspace.Key), CancellationToken.None)).Succeeded);
        time.Advance(TimeSpan.FromSeconds(10));

        await RefusedAsync(await client.GetAsync("/api/v1/links"), "REVOKED_API_KEY");
    }

    [Fact]
    public async Task Expired_RefusedAtOnce()
    {
        var time = new OffsetTime();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await service.NewWorkspaceAsync();
        using var client = instance.NewClient(await NewKeyAsync(workspace.Id, DateTimeOffset.UtcNow.AddMinutes(5)));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/links")).StatusCode);

        time.Advance(TimeSpan.FromMinutes(5));

        await RefusedAsync(await client.GetAsync("/api/v1/links"), "EXPIRED_API_KEY");
    }

    [Fact]
    public async Task Use_IsNotedAtMostOnceAMinute()
    {
        var workspace = await service.NewWorkspaceAsync();
        var keys = service.Application.Service<ApiKeyStore>();
        Assert.Null((await keys.FindAsync(Prefix(workspace.Key), CancellationToken.None))!.LastUsedAt);

        await workspace.Client.GetAsync("/api/v1/links");
        await Eventually.TrueAsync(
            async () => (await keys.FindAsync(Prefix(workspace.Key), CancellationToken.None))!.LastUsedAt is not null, "The use is noted.");

        var calls = await service.Application.Calls.DuringAsync(() => workspace.Client.GetAsync("/api/v1/links"));
        Assert.DoesNotContain(
            calls, call => !call.IsRead && call.IsOf("ApiKeys") && call.Path.Contains(Prefix(workspace.Key), StringComparison.Ordinal));
    }

    [Fact]
    public async Task KeysOverThePlansNumber_AreNotMadeEvenAtOnce()
    {
        var workspace = await service.Application.Service<WorkspaceStore>().CreateAsync(new("Keys", Plan.Pro), CancellationToken.None);
        var keys = service.Application.Service<KeyOperations>();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync()));

        Assert.Equal(2, results.Count(result => result.Succeeded));
        await keys.RevokeAsync(results.First(result => result.Succeeded).Value!.Key.Prefix, CancellationToken.None);
        Assert.True((await CreateAsync()).Succeeded);

        Task<OperationResult<NewKey>> CreateAsync() => keys.CreateAsync(
            Principal.Operator(workspace.Id), JsonElement.Parse("""{"name":"k","scopes":["*"]}"""), CancellationToken.None);
    }

    [Fact]
    public async Task Secret_IsNeitherStoredNorLogged()
    {
        var workspace = await service.NewWorkspaceAsync();
        await workspace.Client.GetAsync("/api/v1/links");
        var secret = workspace.Key[(workspace.Key.IndexOf('.', StringComparison.Ordinal) + 1)..];

        var row = await service.Application.Service<XQr.Api.Storage.Tables>().ApiKeys
            .GetEntityAsync<Azure.Data.Tables.TableEntity>(Prefix(workspace.Key), "key");

        Assert.DoesNotContain(row.Value, property => property.Value is string text && text.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(service.Application.Logs.All, line => line.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>All that the assembly logs is searched for these at its end.</summary>
    [Fact]
    public async Task KeysThatAreMadeOrSent_AreWatchedFor()
    {
        var workspace = await service.NewWorkspaceAsync();
        var made = await NewKeyAsync(workspace.Id);
        Assert.False(LogWatch.Shared.Contains(made));
        using var client = service.Application.NewClient(made);

        await client.GetAsync("/api/v1/links");

        Assert.True(LogWatch.Shared.Contains(made));
        Assert.True(LogWatch.Shared.Contains(workspace.Key));
    }

    private async Task<string> NewKeyAsync(string workspaceId, DateTimeOffset? expiresAt = null)
    {
        var change = await service.Application.Service<ApiKeyStore>().CreateAsync(
            Principal.Operator(workspaceId), new("Test", ["*"], expiresAt), _ => null, CancellationToken.None);
        return change.Text!;
    }

    private static string Prefix(string key) => key.Substring("xqr_pk_".Length, 8);

    private static async Task RefusedAsync(HttpResponseMessage response, string code)
    {
        await response.ErrorAsync(HttpStatusCode.Unauthorized, code);
        Assert.Equal("Bearer", response.Header("WWW-Authenticate"));
        Assert.Null(response.Header("X-RateLimit-Limit"));
    }
}

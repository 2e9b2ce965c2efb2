using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Tests the maximum number of keys of a plan.</summary>
public sealed class KeyLimitTests(ServiceFixture service)
{
    /// <summary>Two instances create keys, so only storage can enforce the limit.</summary>
    [Fact]
    public async Task SixteenCreationsAtTheLimit_ExactlyAsManyAsThePlanHas()
    {
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Business);
        await using var other = await service.StartAnotherAsync();
        using var there = other.NewClient(service.Issuer.Token(owner.Email));
        await owner.Client.NewKeyAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? owner.Client : there).PostJsonAsync(Team.Keys, """{"name":"k","scopes":["*"]}""")));

        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            Assert.Contains(
                "10 API keys", (await refused.ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED")).Text("message"), StringComparison.Ordinal);
        }

        // At the limit a key can be rotated, and after a revocation another can be created.
        var keys = await owner.Client.ListAsync(Team.Keys);
        Assert.Equal(10, keys.Length);
        Assert.Equal(HttpStatusCode.Created, (await owner.Client.PostAsync($"{Team.Keys}/{keys[0].Text("id")}/rotate", null)).StatusCode);
        await owner.Client.DeleteAsync($"{Team.Keys}/{keys[1].Text("id")}");
        await owner.Client.NewKeyAsync();
        await (await owner.Client.PostJsonAsync(Team.Keys, """{"name":"k","scopes":["*"]}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task ExpiredKeys_DoNotCountAndCannotBeRotated()
    {
        var time = new OffsetTime();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Pro);
        using var client = instance.NewClient(service.Issuer.Token(owner.Email));
        var expiring = $$"""{"name":"k","scopes":["*"],"expires_at":"{{DateTimeOffset.UtcNow.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}}"}""";
        var id = (await (await client.PostJsonAsync(Team.Keys, expiring)).DataAsync(HttpStatusCode.Created)).Text("id");
        await client.NewKeyAsync();
        await (await client.PostJsonAsync(Team.Keys, """{"name":"k","scopes":["*"]}""")).ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");

        time.Advance(TimeSpan.FromMinutes(6));

        await (await client.PostAsync($"{Team.Keys}/{id}/rotate", null)).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        await client.NewKeyAsync();
    }

    /// <summary>The key is already rejected when another instance renames it: the revocation must still be completed.</summary>
    [Fact]
    public async Task RevokedWhileItIsRenamed_NoLongerCounts()
    {
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Pro);
        var path = $"{Team.Keys}/{(await owner.Client.NewKeyAsync()).Text("id")}";
        await owner.Client.NewKeyAsync();
        var naming = new BeforeKeyIsRefused(() => owner.Client.PatchJsonAsync(path, """{"name":"Named"}"""));
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(naming));
        using var client = instance.NewClient(service.Issuer.Token(owner.Email));
        using var revoking = new HttpRequestMessage(HttpMethod.Delete, path);
        revoking.Headers.TryAddWithoutValidation("If-Match", (await owner.Client.GetAsync(path)).Header("ETag"));

        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(revoking)).StatusCode);
        Assert.Equal("Named", (await (await owner.Client.GetAsync(path)).DataAsync()).Text("name"));
        await owner.Client.NewKeyAsync();
    }

    [Fact]
    public async Task FreePlan_HasNoKeys()
    {
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Free);

        await (await owner.Client.PostJsonAsync(Team.Keys, """{"name":"k","scopes":["*"]}"""))
            .ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
    }

    /// <summary>Runs an action before the first call that changes the row for key checks.</summary>
    private sealed class BeforeKeyIsRefused(Func<Task> act) : HttpPipelinePolicy
    {
        private bool isDone;

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (!isDone && message.Request.Method == RequestMethod.Patch && message.Request.Uri.Path.Contains("/ApiKeys(", StringComparison.Ordinal))
            {
                isDone = true;
                await act();
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The application calls storage asynchronously.");
    }
}

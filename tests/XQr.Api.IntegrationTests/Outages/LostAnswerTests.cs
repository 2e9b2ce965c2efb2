using System.Net;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.IntegrationTests.Developers;
using XQr.Api.IntegrationTests.Qr;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Outages;

/// <summary>
/// A call to storage is carried out, its answer is lost, and the client library sends it again: what the service finds then is its own
/// work. So each operation ends as it does when nothing is lost, whichever of its calls it is.
/// </summary>
public sealed class LostAnswerTests(ServiceFixture service) : IAsyncLifetime
{
    private const string Links = "/api/v1/links";
    private const string Link = """{"url":"https://example.com/","labels":["a"]}""";
    private const string Template = """{"name":"Test","design":{}}""";
    private const int MaxCalls = 24;

    private readonly OffsetTime time = new();
    private XQrApplication instance = null!;
    private TestWorkspace workspace = null!;
    private HttpClient owner = null!;

    private HttpClient Client => workspace.Client;

    public async ValueTask InitializeAsync()
    {
        var owned = await service.NewOwnedWorkspaceAsync();
        instance = await service.StartAnotherAsync(services: time.Register);
        var key = await instance.NewKeyAsync(owned.WorkspaceId);
        workspace = new(owned.WorkspaceId, key, instance.NewClient(key), instance.NewClient);
        owner = instance.NewClient(service.Issuer.Token(owned.Email));
        await instance.UseAsync(key);
        await owner.GetAsync(Team.Keys);
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public Task CreateLink_IsCreated() => AtEachCallAsync(_ => Client.PostJsonAsync(Links, Link), HttpStatusCode.Created);

    [Fact]
    public async Task CreateLinkWithKey_IsCreatedAndReplayed()
    {
        await AtEachCallAsync(CreateWithKeyAsync, HttpStatusCode.Created);

        var again = await CreateWithKeyAsync("0");
        Assert.Equal((HttpStatusCode.Created, "true"), (again.StatusCode, again.Header("Idempotent-Replayed")));
    }

    /// <summary>The retry takes over from a run that died.</summary>
    [Fact]
    public Task CreateLinkAgainAfterACrash_IsCreated() => AtEachCallAsync(
        async calls =>
        {
            instance.Faults.DieAfter(2, loseNextResponse: false);
            await CreateWithKeyAsync($"again-{calls}");
            instance.Faults.End();
            time.Advance(TimeSpan.FromSeconds(16));
            return $"again-{calls}";
        },
        CreateWithKeyAsync,
        HttpStatusCode.Created);

    [Fact]
    public async Task CreateManyLinks_AllAreCreated()
    {
        await AtEachCallAsync(
            async _ =>
            {
                var answer = await Client.PostJsonAsync($"{Links}/bulk", $$"""{"links":[{{Link}},{{Link}},{{Link}}]}""");
                Assert.Equal(3, (await answer.DataAsync(HttpStatusCode.Created)).GetProperty("created").GetArrayLength());
                return answer;
            },
            HttpStatusCode.Created);
        var total = (await (await Client.GetAsync(Links)).BodyAsync()).GetProperty("meta").Number("total");
        Assert.Equal(0, total % 3);
    }

    [Theory]
    [InlineData("""{"labels":["b"]}""")]
    [InlineData("""{"url":"https://example.org/"}""")]
    [InlineData("""{"enabled":false}""")]
    public Task ChangeLink_IsChanged(string change) => AtEachCallAsync(NewLinkAsync, path => Client.PatchJsonAsync(path, change), HttpStatusCode.OK);

    [Fact]
    public Task ChangeLinkAsItWasRead_IsChanged() => AtEachCallAsync(
        async calls =>
        {
            var path = await NewLinkAsync(calls);
            return $"{path} {(await Client.GetAsync(path)).Header("ETag")}";
        },
        async pathAndTag =>
        {
            var parts = pathAndTag.Split(' ');
            using var request = new HttpRequestMessage(HttpMethod.Patch, parts[0]);
            request.Content = Answers.Json("""{"enabled":false}""");
            request.Headers.Add("If-Match", parts[1]);
            return await Client.SendAsync(request);
        },
        HttpStatusCode.OK);

    [Fact]
    public async Task DeleteLink_IsDeleted()
    {
        await AtEachCallAsync(NewLinkAsync, path => Client.DeleteAsync(path), HttpStatusCode.NoContent);
        await NothingIsLeftAsync(Links);
    }

    [Fact]
    public Task RenderLink_IsRendered() => AtEachCallAsync(NewLinkAsync, path => Client.GetAsync($"{path}/qr"), HttpStatusCode.OK);

    [Fact]
    public Task CreateTemplate_IsCreated() => AtEachCallAsync(_ => Client.PostJsonAsync(TemplateAnswers.Templates, Template), HttpStatusCode.Created);

    [Fact]
    public Task ChangeTemplate_IsChanged() =>
        AtEachCallAsync(NewTemplateAsync, path => Client.PatchJsonAsync(path, """{"name":"Other"}"""), HttpStatusCode.OK);

    [Fact]
    public async Task DeleteTemplate_IsDeleted()
    {
        await AtEachCallAsync(NewTemplateAsync, path => Client.DeleteAsync(path), HttpStatusCode.NoContent);
        await NothingIsLeftAsync(TemplateAnswers.Templates);
    }

    [Fact]
    public Task BeginUpload_IsBegun() => AtEachCallAsync(_ => Client.PresignAsync(10), HttpStatusCode.OK);

    [Fact]
    public Task ConfirmUpload_IsConfirmed() => AtEachCallAsync(
        _ => Client.UploadedAsync(AssetSteps.Png), id => Client.DoAsync(id, "confirm"), HttpStatusCode.OK);

    [Fact]
    public Task PublishAsset_IsPublished() => AtEachCallAsync(_ => Client.NewAssetAsync(), id => Client.DoAsync(id, "publish"), HttpStatusCode.OK);

    [Fact]
    public Task UnpublishAsset_IsUnpublished() => AtEachCallAsync(
        async _ =>
        {
            var id = await Client.NewAssetAsync();
            await Client.PublishAsync(id);
            return id;
        },
        id => Client.DoAsync(id, "unpublish"),
        HttpStatusCode.OK);

    [Fact]
    public async Task DeleteAsset_IsDeleted()
    {
        await AtEachCallAsync(_ => Client.NewAssetAsync(), id => Client.DeleteAsync($"{AssetSteps.Assets}/{id}"), HttpStatusCode.NoContent);
        await NothingIsLeftAsync(AssetSteps.Assets);
        Assert.Equal(0, (await instance.UsageAsync(workspace.Id)).Bytes);
    }

    /// <summary>Each listed key has one row for the key check, and there are no other rows.</summary>
    [Fact]
    public async Task MakeKey_IsMadeOnce()
    {
        await AtEachCallAsync(_ => owner.PostJsonAsync(Team.Keys, """{"name":"Test","scopes":["links:read"]}"""), HttpStatusCode.Created);

        var listed = await owner.ListAsync($"{Team.Keys}?limit=200");
        var rows = await instance.Service<Api.Storage.Tables>().ApiKeys.QueryAsync<Azure.Data.Tables.TableEntity>(
            $"Workspace eq '{workspace.Id}'").CountAsync();
        Assert.Equal(listed.Length, rows);
    }

    [Fact]
    public Task RenameKey_IsRenamed() => AtEachCallAsync(NewKeyAsync, path => owner.PatchJsonAsync(path, """{"name":"Other"}"""), HttpStatusCode.OK);

    [Fact]
    public Task RotateKey_IsRotated() => AtEachCallAsync(NewKeyAsync, path => owner.PostAsync($"{path}/rotate", null), HttpStatusCode.Created);

    [Fact]
    public Task RevokeKey_IsRevoked() => AtEachCallAsync(NewKeyAsync, path => owner.DeleteAsync(path), HttpStatusCode.NoContent);

    [Fact]
    public Task InviteMember_IsInvited() => AtEachCallAsync(
        _ => owner.PostJsonAsync(Team.Members, $$"""{"email":"{{Team.NewEmail()}}","role":"member"}"""), HttpStatusCode.Created);

    [Fact]
    public Task ChangeMember_IsChanged() =>
        AtEachCallAsync(NewMemberAsync, path => owner.PatchJsonAsync(path, """{"role":"admin"}"""), HttpStatusCode.OK);

    [Fact]
    public Task RemoveMember_IsRemoved() => AtEachCallAsync(NewMemberAsync, path => owner.DeleteAsync(path), HttpStatusCode.NoContent);

    [Fact]
    public async Task CreateWorkspace_IsCreated()
    {
        for (var calls = 0; calls < 3; calls++)
        {
            instance.Faults.LoseAnswerAfter(calls);
            var created = await instance.Service<WorkspaceStore>().CreateAsync(
                new("Test", Plan.Pro, OwnerEmail: Team.NewEmail()), CancellationToken.None);
            instance.Faults.End();
            Assert.NotNull(await instance.Service<WorkspaceStore>().FindAsync(created.Id, CancellationToken.None));
        }
    }

    private async Task<HttpResponseMessage> CreateWithKeyAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Links) { Content = Answers.Json(Link), Headers = { { "Idempotency-Key", key } } };
        return await Client.SendAsync(request);
    }

    private async Task<string> NewLinkAsync(int calls) => $"{Links}/{(await Client.NewLinkAsync(Link)).Text("id")}";

    private async Task<string> NewTemplateAsync(int calls) => $"{TemplateAnswers.Templates}/{(await Client.NewTemplateAsync()).Text("id")}";

    private async Task<string> NewKeyAsync(int calls) => $"{Team.Keys}/{(await owner.NewKeyAsync()).Text("id")}";

    private async Task<string> NewMemberAsync(int calls) => $"{Team.Members}/{(await owner.InviteAsync()).Text("id")}";

    private Task AtEachCallAsync(Func<string, Task<HttpResponseMessage>> act, HttpStatusCode expected) =>
        AtEachCallAsync(calls => Task.FromResult($"{calls}"), act, expected);

    /// <summary>Does something while its first answer of storage is lost, then its second, and so on, until none is.</summary>
    private async Task AtEachCallAsync(Func<int, Task<string>> prepare, Func<string, Task<HttpResponseMessage>> act, HttpStatusCode expected)
    {
        for (var (calls, happened) = (0, true); happened; calls++)
        {
            Assert.True(calls < MaxCalls, "The operation makes more calls than this test foresees.");
            var prepared = await prepare(calls);
            instance.Faults.LoseAnswerAfter(calls);
            var answer = await act(prepared);
            happened = instance.Faults.Happened;
            instance.Faults.End();
            Assert.True(
                expected == answer.StatusCode,
                $"Call {calls}: {(int)expected} expected, not {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            Assert.True(happened || calls > 0, "No answer was lost: the test tests nothing.");
        }
    }

    private async Task NothingIsLeftAsync(string path)
    {
        var list = await (await Client.GetAsync(path)).BodyAsync();
        Assert.Equal((0, 0), (list.GetProperty("data").GetArrayLength(), list.GetProperty("meta").Number("total")));
    }
}

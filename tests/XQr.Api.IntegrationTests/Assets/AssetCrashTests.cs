using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

/// <summary>
/// Tests of a process that dies at each of its calls to storage in turn. Afterwards another instance finds consistent data, and no
/// leftovers.
/// </summary>
[Collection<OneByOne>]
public sealed class AssetCrashTests(OwnStorage storage)
{
    private const int MaxCalls = 16;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Presign_TheRetryCreatesTheSameAsset(bool callIsExecuted) => AtEachCallAsync(
        callIsExecuted,
        _ => Task.FromResult(""),
        (client, _) =>
        {
            client.DefaultRequestHeaders.Remove("Idempotency-Key");
            client.DefaultRequestHeaders.Add("Idempotency-Key", "presign");
            return client.PresignAsync(10);
        },
        async (workspace, _, again) =>
        {
            // A run that died holds its key for 15 seconds.
            if (again.StatusCode == HttpStatusCode.Conflict)
            {
                storage.Time.Advance(TimeSpan.FromSeconds(20));
                again = await workspace.Client.PresignAsync(10);
            }

            var presigned = await again.DataAsync();
            Assert.Equal([presigned.Text("asset_id")], (await OwnStorage.AssetsAsync(workspace)).Select(asset => asset.Text("id")));
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Confirm_CanBeRepeated(bool callIsExecuted) => AtEachCallAsync(
        callIsExecuted,
        client => client.UploadedAsync(AssetSteps.Png),
        (client, id) => client.DoAsync(id, "confirm"),
        async (_, _, again) => Assert.Equal("confirmed", (await again.DataAsync()).Text("status")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Publish_CanBeRepeated(bool callIsExecuted) => AtEachCallAsync(
        callIsExecuted,
        client => client.NewAssetAsync(),
        (client, id) => client.DoAsync(id, "publish"),
        async (_, id, again) =>
        {
            Assert.Equal(AssetSteps.Png, await AssetSteps.Storage.GetByteArrayAsync((await again.DataAsync()).Text("public_url")));
            Assert.Single(await storage.Sound.BlobsAsync("", id));
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Unpublish_TheUrlIsGoneAfterTheResponse(bool callIsExecuted) => AtEachCallAsync(
        callIsExecuted,
        NewPublicAssetAsync,
        (client, asset) => client.DoAsync(asset.Id, "unpublish"),
        async (_, asset, again) =>
        {
            Assert.False((await again.DataAsync()).GetProperty("is_public").GetBoolean());
            Assert.Equal(HttpStatusCode.NotFound, (await AssetSteps.Storage.GetAsync(asset.Url)).StatusCode);
        });

    /// <summary>The request is not repeated: the cleanup work finishes it.</summary>
    [Fact]
    public async Task UnpublishThatDied_IsFinishedBySweep()
    {
        var workspace = await storage.Sound.NewWorkspaceAsync();
        var (id, url) = await UnpublishAndDieAsync(workspace);
        Assert.False((await workspace.Client.AssetAsync(id)).GetProperty("is_public").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await AssetSteps.Storage.GetAsync(url)).StatusCode);

        await storage.SweepAsync(TimeSpan.FromMinutes(22));

        Assert.Equal(HttpStatusCode.NotFound, (await AssetSteps.Storage.GetAsync(url)).StatusCode);
    }

    /// <summary>The cleanup work of both is due in the same minute.</summary>
    [Fact]
    public async Task UnpublishThatDiedAndTheNextOne_AreBothFinishedBySweep()
    {
        var workspace = await storage.Sound.NewWorkspaceAsync();
        var (id, url) = await UnpublishAndDieAsync(workspace);
        var next = await workspace.Client.PublishAsync(id);
        await (await workspace.Client.DoAsync(id, "unpublish")).DataAsync();

        await storage.SweepAsync(TimeSpan.FromMinutes(22));

        Assert.Equal(HttpStatusCode.NotFound, (await AssetSteps.Storage.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AssetSteps.Storage.GetAsync(next)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Delete_IsDoneOrNot(bool callIsExecuted) => AtEachCallAsync(
        callIsExecuted,
        NewPublicAssetAsync,
        (client, asset) => client.DeleteAsync($"{AssetSteps.Assets}/{asset.Id}"),
        async (workspace, asset, again) =>
        {
            Assert.Contains(again.StatusCode, new HashSet<HttpStatusCode> { HttpStatusCode.NoContent, HttpStatusCode.NotFound });
            Assert.Empty(await OwnStorage.AssetsAsync(workspace));
            await storage.SweepAsync(TimeSpan.FromMinutes(22));
            Assert.Empty(await storage.Sound.BlobsAsync(workspace.Id, asset.Id));
            Assert.Equal(HttpStatusCode.NotFound, (await AssetSteps.Storage.GetAsync(asset.Url)).StatusCode);
        });

    /// <summary>
    /// Runs an operation in an instance that dies at its first call, then at its second, and so on, until it succeeds. Each time the
    /// operation is repeated in an instance that does not die.
    /// </summary>
    private async Task AtEachCallAsync<T>(
        bool callIsExecuted,
        Func<HttpClient, Task<T>> prepare,
        Func<HttpClient, T, Task<HttpResponseMessage>> act,
        Func<TestWorkspace, T, HttpResponseMessage, Task> check)
    {
        for (var (calls, died) = (0, true); died; calls++)
        {
            Assert.True(calls < MaxCalls, "The operation makes more calls than this test expects.");
            var workspace = await storage.Sound.NewWorkspaceAsync();
            using var client = storage.Dying.NewClient(workspace.Key);

            // The check of the key and the leases of the limits are not tested here.
            await storage.Dying.UseAsync(workspace.Key);
            var prepared = await prepare(workspace.Client);
            storage.Dying.Faults.DieAfter(calls, callIsExecuted);
            var answer = await act(client, prepared);
            died = storage.Dying.Faults.Happened;
            storage.Dying.Faults.End();
            Assert.True(died || answer.IsSuccessStatusCode);
            Assert.True(died || calls > 1, "The instance never died.");

            await check(workspace, prepared, await act(workspace.Client, prepared));
            await storage.CheckAsync(workspace);
        }
    }

    /// <summary>Creates an asset that is private again, but whose public copy still exists.</summary>
    private async Task<(string Id, string Url)> UnpublishAndDieAsync(TestWorkspace workspace)
    {
        using var client = storage.Dying.NewClient(workspace.Key);
        await storage.Dying.UseAsync(workspace.Key);
        var (id, url) = await NewPublicAssetAsync(client);
        storage.Dying.Faults.DieAfter(3, loseNextResponse: false);
        await (await client.DoAsync(id, "unpublish")).ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
        storage.Dying.Faults.End();
        return (id, url);
    }

    private static async Task<(string Id, string Url)> NewPublicAssetAsync(HttpClient client)
    {
        var id = await client.NewAssetAsync();
        return (id, await client.PublishAsync(id));
    }
}

using System.Net;
using Azure.Data.Tables;
using XQr.Api.Assets;
using XQr.Api.Storage;
using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

[Collection<OneByOne>]
public sealed class AssetSweepTests(OwnStorage storage)
{
    private const string Deleted = "ws_deleted";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableClient Works => storage.Sound.Service<Tables>().AssetWork;

    private Containers Containers => storage.Sound.Service<Containers>();

    [Fact]
    public async Task PendingAssets_AreRemovedAfterADay()
    {
        var workspace = await storage.Sound.NewWorkspaceAsync();
        var confirmed = await workspace.Client.NewAssetAsync();
        var uploaded = await workspace.Client.UploadedAsync(AssetSteps.Png);
        var bare = (await (await workspace.Client.PresignAsync(10)).DataAsync()).Text("asset_id");

        await storage.SweepAsync(TimeSpan.FromMinutes(30));
        await storage.SweepAsync(TimeSpan.FromHours(2));
        await storage.SweepAsync(TimeSpan.FromHours(23));
        Assert.Equal([bare, uploaded, confirmed], await IdsAsync(workspace));
        Assert.Equal(
            [$"{confirmed}/content", $"{uploaded}/upload"], (await storage.Sound.BlobsAsync(workspace.Id)).OrderBy(name => name.Split('/')[1]));

        await storage.SweepAsync(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(5));

        Assert.Equal([confirmed], await IdsAsync(workspace));
        Assert.Equal([$"{confirmed}/content"], await storage.Sound.BlobsAsync(workspace.Id));
        Assert.Equal(new(1, AssetSteps.Png.Length), await storage.Sound.UsageAsync(workspace.Id));
        await (await workspace.Client.DoAsync(uploaded, "confirm")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    /// <summary>The upload URL stays valid for some minutes after its asset was confirmed or deleted.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LateUpload_IsRemoved(bool isConfirmed)
    {
        var workspace = await storage.Sound.NewWorkspaceAsync();
        var presigned = await (await workspace.Client.PresignAsync(AssetSteps.Png.Length)).DataAsync();
        var id = presigned.Text("asset_id");
        await presigned.UploadAsync(AssetSteps.Png);
        Assert.True((await (isConfirmed ? workspace.Client.DoAsync(id, "confirm") : workspace.Client.DeleteAsync(
            $"{AssetSteps.Assets}/{id}"))).IsSuccessStatusCode);
        await presigned.UploadAsync(new byte[1_000]);
        Assert.Contains($"{id}/upload", await storage.Sound.BlobsAsync(workspace.Id));

        await storage.SweepAsync(TimeSpan.FromMinutes(62));

        Assert.Equal(isConfirmed ? [$"{id}/content"] : [], await storage.Sound.BlobsAsync(workspace.Id));
        Assert.Equal(isConfirmed ? new(1, AssetSteps.Png.Length) : AssetUsage.None, await storage.Sound.UsageAsync(workspace.Id));
    }

    [Fact]
    public async Task NothingDue_TakesOneTransaction()
    {
        await storage.SweepAsync(TimeSpan.FromDays(3));

        Assert.Equal(1, await storage.Sound.Calls.CostAsync(() => storage.SweepAsync(TimeSpan.Zero)));
    }

    /// <summary>Notes, the schedule, and cleanup work.</summary>
    [Fact]
    public async Task MinuteSweepWithNothingToDo_ThreeTransactions()
    {
        await storage.SweepAsync(TimeSpan.FromDays(3));
        var sweep = storage.Sound.Service<WorkSweep>();
        await sweep.RunAsync(Cancellation);

        Assert.Equal(3, await storage.Sound.Calls.CostAsync(() => sweep.RunAsync(Cancellation)));
    }

    [Fact]
    public async Task MinuteSweep_RequestsWorkThatIsDue()
    {
        await AddWorkAsync(1);
        await storage.Sound.TakeRequestAsync("assets");
        await storage.Sound.Service<WorkSweep>().RunAsync(Cancellation);

        Assert.True(await storage.Sound.TakeRequestAsync("assets"));
        await storage.Sound.DoWorkAsync("assets");
    }

    [Fact]
    public async Task BudgetIsUsedUp_TheNextMessageContinues()
    {
        await AddWorkAsync(100);

        Assert.InRange(await storage.Sound.DoWorkAsync("assets", budget: new TickingTime()), 3, 4);
        Assert.Equal(0, await CountWorkAsync());
    }

    [Fact]
    public Task ProcessDiesAtAnyCall_AllIsRemoved() => WorkRuns.DieAtEachCallAsync(
        storage.Dying,
        storage.Sound,
        "assets",
        async () =>
        {
            await AddWorkAsync(1);
            return "";
        },
        async () =>
        {
            Assert.Equal(0, await CountWorkAsync());
            Assert.Empty(await storage.Sound.BlobsAsync(Deleted));
        });

    /// <summary>Adds due work on deleted assets that have an upload.</summary>
    private async Task AddWorkAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var id = Guid.NewGuid();
            await Containers.Assets.UploadBlobAsync($"{Deleted}/{id}/upload", BinaryData.FromString("x"), Cancellation);
            await Works.AddEntityAsync(
                new TableEntity("000000000000", $"{Deleted}_{id}") { ["WorkspaceId"] = Deleted, ["AssetId"] = id }, Cancellation);
        }
    }

    private async Task<int> CountWorkAsync() =>
        await Works.QueryAsync<TableEntity>("PartitionKey eq '000000000000'", cancellationToken: Cancellation).CountAsync(Cancellation);

    private static async Task<IEnumerable<string>> IdsAsync(TestWorkspace workspace) =>
        (await OwnStorage.AssetsAsync(workspace)).Select(asset => asset.Text("id"));
}

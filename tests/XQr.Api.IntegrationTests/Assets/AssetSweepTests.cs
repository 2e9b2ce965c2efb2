using System.Net;
using XQr.Api.Assets;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

[Collection<OneByOne>]
public sealed class AssetSweepTests(OwnStorage storage)
{
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

    private static async Task<IEnumerable<string>> IdsAsync(TestWorkspace workspace) =>
        (await OwnStorage.AssetsAsync(workspace)).Select(asset => asset.Text("id"));
}

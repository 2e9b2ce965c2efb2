using System.Text;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

/// <summary>Storage transactions of each operation on assets.</summary>
public sealed class AssetCostTests(ServiceFixture service)
{
    [Fact]
    public async Task Operations_CostWhatTheyShould()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var client = (await instance.NewWorkspaceAsync()).Client;
        await client.GetAsync(AssetSteps.Assets);
        await client.PresignAsync(10);
        var id = await client.UploadedAsync(AssetSteps.Png);
        var path = $"{AssetSteps.Assets}/{id}";

        Assert.Equal(2, await CostAsync(() => client.PresignAsync(10)));
        Assert.Equal(5, await CostAsync(() => client.DoAsync(id, "confirm")));
        Assert.Equal(1, await CostAsync(() => client.DoAsync(id, "confirm")));
        Assert.Equal(1, await CostAsync(() => client.GetAsync(path)));
        Assert.Equal(2, await CostAsync(() => client.GetAsync(AssetSteps.Assets)));
        Assert.Equal(3, await CostAsync(() => client.GetAsync($"{AssetSteps.Assets}?offset=1&limit=1")));
        Assert.Equal(2, await CostAsync(() => client.PatchJsonAsync(path, """{"filename":"a.png"}""")));
        Assert.Equal(5, await CostAsync(() => client.DoAsync(id, "publish")));
        Assert.Equal(1, await CostAsync(() => client.DoAsync(id, "publish")));
        Assert.Equal(3, await CostAsync(() => client.PatchJsonAsync(path, """{"filename":"b.png"}""")));
        Assert.Equal(4, await CostAsync(() => client.DoAsync(id, "unpublish")));
        Assert.Equal(2, await CostAsync(() => client.DoAsync(id, "unpublish")));
        Assert.Equal(5, await CostAsync(() => client.DeleteAsync(path)));

        var svg = await client.NewAssetAsync(Encoding.UTF8.GetBytes(AssetSteps.Svg), "image/svg+xml");
        Assert.Equal(5, await CostAsync(() => client.DoAsync(svg, "publish")));
        var bare = await client.NewAssetAsync();
        Assert.Equal(4, await CostAsync(() => client.DeleteAsync($"{AssetSteps.Assets}/{bare}")));

        Task<int> CostAsync(Func<Task> act) => instance.Calls.CostAsync(act);
    }
}

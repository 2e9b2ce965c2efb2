using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

/// <summary>
/// A storage for tests that check what is left in it and run work before it is due, which must not affect other tests. They run one after
/// another.
/// </summary>
[CollectionDefinition]
public sealed class OneByOne : ICollectionFixture<OwnStorage>;

/// <inheritdoc cref="OneByOne"/>
public sealed class OwnStorage : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();

    public OffsetTime Time { get; } = new();

    /// <summary>Gets an instance that dies from time to time.</summary>
    public XQrApplication Dying { get; private set; } = null!;

    /// <summary>Gets an instance that does not die.</summary>
    public XQrApplication Sound { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await azurite.InitializeAsync();
        Dying = await StartAsync();
        Sound = await StartAsync();
    }

    /// <summary>Starts another instance with the same clock.</summary>
    public Task<XQrApplication> StartAsync(IDictionary<string, string?>? settings = null) =>
        XQrApplication.StartAsync(azurite.ConnectionString, settings, Time.Register);

    public async ValueTask DisposeAsync()
    {
        await Dying.DisposeAsync();
        await Sound.DisposeAsync();
        await azurite.DisposeAsync();
    }

    /// <summary>Runs the cleanup work that is due some time from now.</summary>
    public Task SweepAsync(TimeSpan later) => Sound.SweepAsync(Time.GetUtcNow() + later);

    /// <summary>
    /// Asserts that the counts equal a recount, that public assets can be read, and that only blobs of assets are left after the cleanup
    /// work.
    /// </summary>
    public async Task CheckAsync(TestWorkspace workspace)
    {
        var assets = await AssetsAsync(workspace);
        Assert.Equal(new(assets.Count, assets.Sum(asset => asset.Number("file_size"))), await Sound.UsageAsync(workspace.Id));
        foreach (var asset in assets.Where(asset => asset.GetProperty("is_public").GetBoolean()))
        {
            Assert.Equal(AssetSteps.Png, await AssetSteps.Storage.GetByteArrayAsync(asset.Text("public_url")));
        }

        await SweepAsync(TimeSpan.FromHours(2));
        var pending = assets.Where(asset => asset.Text("status") == "pending").Select(asset => asset.Text("id")).ToHashSet();
        var blobs = await Sound.BlobsAsync(workspace.Id);
        Assert.Equal(
            assets.Select(asset => asset.Text("id")).Except(pending).Select(id => $"{id}/content").Order(),
            blobs.Where(blob => !pending.Contains(blob.Split('/')[0])).Order());
    }

    /// <summary>Returns all assets of a workspace, from its list.</summary>
    public static async Task<IReadOnlyList<System.Text.Json.JsonElement>> AssetsAsync(TestWorkspace workspace)
    {
        var body = await (await workspace.Client.GetAsync($"{AssetSteps.Assets}?limit=200")).BodyAsync();
        var assets = body.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(assets.Count, body.GetProperty("meta").Number("total"));
        return assets;
    }
}

using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using XQr.Api.Assets;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

/// <summary>Tests of other changes that a client can make with its upload URL. They do not prevent confirmation, deletion and cleanup.</summary>
[Collection<OneByOne>]
public sealed class ClientBlobTests(OwnStorage storage)
{
    private static readonly (string Query, (string, string)[] Headers) Lease =
        ("comp=lease", [("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "-1")]);

    private static readonly (string Query, (string, string)[] Headers) Snapshot = ("comp=snapshot", []);
    private static readonly (string Query, (string, string)[] Headers) Archive = ("comp=tier", [("x-ms-access-tier", "Archive")]);
    private static readonly (string Query, (string, string)[] Headers) Block = ("comp=block&blockid=AAAA", []);

    [Fact]
    public async Task LeaseAndSnapshots_DoNotPreventConfirmation()
    {
        var (workspace, id, url) = await UploadedAsync();
        await DoAsync(url, Snapshot);
        await DoAsync(url, Lease);

        Assert.Equal("confirmed", (await (await workspace.Client.DoAsync(id, "confirm")).DataAsync()).Text("status"));
        Assert.Equal([$"{id}/content"], await BlobsAsync(workspace));
    }

    [Fact]
    public async Task LeaseAndSnapshots_DoNotPreventDeletion()
    {
        var (workspace, id, url) = await UploadedAsync();
        await DoAsync(url, Snapshot);
        await DoAsync(url, Lease);

        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Client.DeleteAsync($"{AssetSteps.Assets}/{id}")).StatusCode);
        Assert.Empty(await BlobsAsync(workspace));
        Assert.Equal(AssetUsage.None, await storage.Sound.UsageAsync(workspace.Id));
    }

    [Fact]
    public async Task LeaseOfATooLargeUpload_DoesNotPreventItsDeletion()
    {
        var workspace = await storage.Sound.NewWorkspaceAsync();
        var presigned = await (await workspace.Client.PresignAsync(1)).DataAsync();
        await presigned.UploadAsync(AssetSteps.Png);
        await DoAsync(presigned.Text("upload_url"), Lease);

        await (await workspace.Client.DoAsync(presigned.Text("asset_id"), "confirm")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        Assert.Empty(await BlobsAsync(workspace));
    }

    [Fact]
    public async Task ArchivedUpload_IsAConflictAndCanBeDeleted()
    {
        var (workspace, id, url) = await UploadedAsync();
        await DoAsync(url, Archive);

        var error = await (await workspace.Client.DoAsync(id, "confirm")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");

        Assert.StartsWith("The upload can't be read: it is archived", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Client.DeleteAsync($"{AssetSteps.Assets}/{id}")).StatusCode);
        Assert.Empty(await BlobsAsync(workspace));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leftovers_AreDeletedBySweep(bool isConfirmed)
    {
        var (workspace, id, url) = await UploadedAsync();
        await (isConfirmed ? workspace.Client.DoAsync(id, "confirm") : workspace.Client.DeleteAsync($"{AssetSteps.Assets}/{id}"));
        await DoAsync(url, Block, new byte[1_000]);
        Assert.Contains($"{id}/upload", await BlobsAsync(workspace));

        await storage.SweepAsync(TimeSpan.FromMinutes(62));

        Assert.Equal(isConfirmed ? [$"{id}/content"] : [], await BlobsAsync(workspace));
    }

    /// <summary>The work that fails is first in order.</summary>
    [Fact]
    public async Task WorkThatFails_IsPostponedAndDoesNotStopOtherWork()
    {
        var (workspace, id, url) = await UploadedAsync();
        await workspace.Client.DeleteAsync($"{AssetSteps.Assets}/{id}");
        var bad = await AddBadWorkAsync();
        await DoAsync(url, Block, new byte[1_000]);
        var before = storage.Time.GetUtcNow();

        await storage.SweepAsync(TimeSpan.FromMinutes(62));

        Assert.Empty(await BlobsAsync(workspace));
        var later = Assert.Single(await FindWorkAsync(bad));
        Assert.Equal(1, later.GetInt32("Attempts"));
        Assert.True(string.CompareOrdinal(later.PartitionKey, $"{before.AddMinutes(66):yyyyMMddHHmm}") >= 0);
    }

    [Fact]
    public async Task WorkThatAlwaysFails_MovesToTheFailedPartition()
    {
        var bad = await AddBadWorkAsync();
        for (var days = 1; days < 60 && (await FindWorkAsync(bad)).All(row => row.PartitionKey != "failed"); days++)
        {
            await storage.SweepAsync(TimeSpan.FromDays(2 * days));
        }

        var left = Assert.Single(await FindWorkAsync(bad));
        Assert.Equal(("failed", 16), (left.PartitionKey, left.GetInt32("Attempts")));
        await Works.DeleteEntityAsync(left.PartitionKey, left.RowKey, ETag.All, TestContext.Current.CancellationToken);
    }

    private TableClient Works => storage.Sound.Service<Tables>().AssetWork;

    /// <summary>Adds work without an asset, of which every attempt fails.</summary>
    private async Task<string> AddBadWorkAsync()
    {
        var key = $"bad_{Guid.NewGuid()}";
        await Works.AddEntityAsync(new TableEntity("000000000000", key) { ["WorkspaceId"] = "bad" }, TestContext.Current.CancellationToken);
        return key;
    }

    private async Task<List<TableEntity>> FindWorkAsync(string key) =>
        await Works.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"RowKey eq {key}"), cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    private async Task<(TestWorkspace Workspace, string Id, string Url)> UploadedAsync()
    {
        var workspace = await storage.Sound.NewWorkspaceAsync();
        var presigned = await (await workspace.Client.PresignAsync(AssetSteps.Png.Length)).DataAsync();
        await presigned.UploadAsync(AssetSteps.Png);
        return (workspace, presigned.Text("asset_id"), presigned.Text("upload_url"));
    }

    /// <summary>Returns the blobs of a workspace, with snapshots and blobs that have only uncommitted blocks.</summary>
    private async Task<IReadOnlyList<string>> BlobsAsync(TestWorkspace workspace)
    {
        var blobs = storage.Sound.Service<Containers>().Assets.GetBlobsAsync(
            BlobTraits.None, BlobStates.Snapshots | BlobStates.Uncommitted, $"{workspace.Id}/", TestContext.Current.CancellationToken);
        return await blobs.Select(blob => blob.Name[(workspace.Id.Length + 1)..]).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task DoAsync(string url, (string Query, (string Name, string Value)[] Headers) what, byte[]? content = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{url}&{what.Query}") { Content = new ByteArrayContent(content ?? []) };
        request.Headers.Add("x-ms-version", "2021-12-02");
        foreach (var (name, value) in what.Headers)
        {
            request.Headers.Add(name, value);
        }

        var response = await AssetSteps.Storage.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(
            response.IsSuccessStatusCode,
            $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }
}

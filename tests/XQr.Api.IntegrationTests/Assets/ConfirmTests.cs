using System.Net;
using System.Text;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

/// <summary>An upload becomes the content of its asset when it is confirmed.</summary>
public sealed class ConfirmTests(ServiceFixture service)
{
    [Theory]
    [InlineData("{0}/confirm")]
    [InlineData("presign/{0}/confirm")]
    public async Task Confirm_TwiceReturnsTheAsset(string path)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.UploadedAsync(AssetSteps.Png);

        var first = await client.PostAsync($"{AssetSteps.Assets}/{string.Format(null, path, id)}", null);
        var again = await client.PostAsync($"{AssetSteps.Assets}/{string.Format(null, path, id)}", null);

        Assert.Equal("confirmed", (await first.DataAsync()).Text("status"));
        Assert.Equal((await first.DataAsync()).GetRawText(), (await again.DataAsync()).GetRawText());
        Assert.Equal(first.Header("ETag"), again.Header("ETag"));
    }

    [Fact]
    public async Task ConfirmWithoutUpload_Conflicts()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = (await (await client.PresignAsync(10)).DataAsync()).Text("asset_id");

        await (await client.DoAsync(id, "confirm")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        await (await client.DoAsync(id, "publish")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        Assert.Equal("pending", (await client.AssetAsync(id)).Text("status"));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    [InlineData(-1000, false)]
    public async Task ConfirmOfAnotherSize_ConflictsAndDeletesALargerUpload(int difference, bool isRemoved)
    {
        var workspace = await service.NewWorkspaceAsync();
        var presigned = await (await workspace.Client.PresignAsync(AssetSteps.Png.Length)).DataAsync();
        await presigned.UploadAsync([.. AssetSteps.Png.Take(AssetSteps.Png.Length + difference), .. new byte[Math.Max(0, difference)]]);

        var error = await (await workspace.Client.DoAsync(presigned.Text("asset_id"), "confirm")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");

        Assert.Contains($"{AssetSteps.Png.Length} bytes", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(isRemoved ? [] : [$"{presigned.Text("asset_id")}/upload"], await service.Application.BlobsAsync(workspace.Id));

        // The declared file can still be uploaded.
        await presigned.UploadAsync(AssetSteps.Png);
        Assert.Equal("confirmed", (await (await workspace.Client.DoAsync(presigned.Text("asset_id"), "confirm")).DataAsync()).Text("status"));
    }

    [Theory]
    [InlineData("image/png", "<html><script>alert(1)</script></html>")]
    [InlineData("image/svg+xml", "<html xmlns='http://www.w3.org/1999/xhtml'/>")]
    [InlineData("application/pdf", "hello")]
    [InlineData("text/plain", "\0\u0001")]
    public async Task ConfirmOfAnotherType_Conflicts(string type, string content)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.UploadedAsync(Encoding.UTF8.GetBytes(content), type);

        var error = await (await client.DoAsync(id, "confirm")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");

        Assert.Contains(type, error.Text("message"), StringComparison.Ordinal);
        Assert.Equal("pending", (await client.AssetAsync(id)).Text("status"));
    }

    /// <summary>The URL stays valid for some minutes, but later uploads do not change the content.</summary>
    [Fact]
    public async Task UploadAfterConfirm_ChangesNothing()
    {
        var workspace = await service.NewWorkspaceAsync();
        var presigned = await (await workspace.Client.PresignAsync(AssetSteps.Png.Length)).DataAsync();
        var id = presigned.Text("asset_id");
        await presigned.UploadAsync(AssetSteps.Png);
        await (await workspace.Client.DoAsync(id, "confirm")).DataAsync();

        Assert.Equal(HttpStatusCode.Created, (await presigned.UploadAsync("<html>other</html>"u8.ToArray())).StatusCode);

        Assert.Equal("confirmed", (await (await workspace.Client.DoAsync(id, "confirm")).DataAsync()).Text("status"));
        var published = await (await workspace.Client.DoAsync(id, "publish")).DataAsync();
        Assert.Equal(AssetSteps.Png, await AssetSteps.Storage.GetByteArrayAsync(published.Text("public_url")));
    }

    [Fact]
    public async Task LargestFile_IsConfirmedAndPublished()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var content = new byte[26_214_400];

        var id = await client.NewAssetAsync(content, "application/octet-stream", "large.bin");
        var published = await (await client.DoAsync(id, "publish")).DataAsync();

        using var read = await AssetSteps.Storage.GetAsync(published.Text("public_url"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(content.Length, read.Content.Headers.ContentLength);
    }
}

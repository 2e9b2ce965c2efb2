using System.Net;
using System.Text;
using System.Web;
using XQr.Api.Assets;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

public sealed class UploadTests(ServiceFixture service)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Gets content of each type, with its first bytes.</summary>
    public static TheoryData<string, string, string> Types => new()
    {
        { "image/png", "png", "89504E470D0A1A0A" },
        { "image/jpeg", "jpg", "FFD8FFE000104A464946" },
        { "image/gif", "gif", "474946383961" },
        { "image/webp", "webp", "5249464624000000574542505650382000" },
        { "image/svg+xml", "svg", Convert.ToHexString(Encoding.UTF8.GetBytes(AssetSteps.Svg)) },
        { "image/avif", "avif", "0000001C66747970617669660000000061766966" },
        { "application/pdf", "pdf", "255044462D312E37" },
        { "video/mp4", "mp4", "000000186674797069736F6D0000020069736F6D" },
        { "video/webm", "webm", "1A45DFA39F4286810142F7810142F2810442F381084282847765626D" },
        { "audio/mpeg", "mp3", "49443304" },
        { "text/plain", "txt", "68656C6C6F" },
        { "text/csv", "csv", "613B620A" },
        { "application/octet-stream", "bin", "0001" },
    };

    [Fact]
    public async Task Presign_ReturnsTheUploadRequest()
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        var before = DateTimeOffset.UtcNow;
        var presigned = await (await client.PresignAsync(AssetSteps.Png.Length)).DataAsync();
        var after = DateTimeOffset.UtcNow;

        Assert.Equal("PUT", presigned.Text("method"));
        Assert.Equal("""{"Content-Type":"image/png","x-ms-blob-type":"BlockBlob"}""", presigned.GetProperty("headers").GetRawText());
        var url = new Uri(presigned.Text("upload_url"));
        var query = HttpUtility.ParseQueryString(url.Query);
        Assert.Equal(("cw", "b"), (query["sp"], query["sr"]));
        Assert.InRange(DateTimeOffset.Parse(query["se"]!, null), before.AddMinutes(15).AddSeconds(-1), after.AddMinutes(15));
        var asset = await client.AssetAsync(presigned.Text("asset_id"));
        Assert.Equal(
            ("pending", "logo.png", "image/png", (long)AssetSteps.Png.Length),
            (asset.Text("status"), asset.Text("filename"), asset.Text("mime_type"), asset.Number("file_size")));
        Assert.False(asset.GetProperty("is_public").GetBoolean());
        Assert.Null(asset.GetProperty("public_url").GetString());
        Assert.Empty(asset.GetProperty("tags").EnumerateArray());
    }

    [Fact]
    public async Task UploadUrl_OnlyWritesThisBlob()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var presigned = await (await client.PresignAsync(AssetSteps.Png.Length)).DataAsync();
        var url = presigned.Text("upload_url");

        Assert.Equal(HttpStatusCode.Created, (await presigned.UploadAsync(AssetSteps.Png)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AssetSteps.Storage.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AssetSteps.Storage.DeleteAsync(url)).StatusCode);
        using var other = new HttpRequestMessage(HttpMethod.Put, url.Replace("/upload?", "/content?", StringComparison.Ordinal))
        {
            Content = new ByteArrayContent(AssetSteps.Png),
            Headers = { { "x-ms-blob-type", "BlockBlob" } },
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await AssetSteps.Storage.SendAsync(other)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task EveryType_IsUploadedConfirmedAndPublished(string type, string extension, string hex)
    {
        var content = Convert.FromHexString(hex);
        var client = (await service.NewWorkspaceAsync()).Client;

        var id = await client.UploadedAsync(content, type, $"file.{extension}");
        var confirmed = await (await client.DoAsync(id, "confirm")).DataAsync();
        var published = await (await client.DoAsync(id, "publish")).DataAsync();

        Assert.Equal(("confirmed", type), (confirmed.Text("status"), confirmed.Text("mime_type")));
        Assert.EndsWith($".{extension}", published.Text("public_url"), StringComparison.Ordinal);
        var read = await AssetSteps.Storage.GetAsync(published.Text("public_url"));
        Assert.Equal(type, read.Content.Headers.ContentType?.ToString());
        Assert.Equal(content, await read.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("?filename=a.png&content_type=image/png&file_size=0", "file_size")]
    [InlineData("?filename=a.png&content_type=image/png&file_size=26214401", "file_size")]
    [InlineData("?filename=a.png&content_type=image/png&file_size=x", "file_size")]
    [InlineData("?filename=a.png&content_type=image/png", "file_size")]
    [InlineData("?filename=&content_type=image/png&file_size=1", "filename")]
    [InlineData("?filename=%20&content_type=image/png&file_size=1", "filename")]
    [InlineData("?filename=a/b.png&content_type=image/png&file_size=1", "filename")]
    [InlineData("?filename=a%5Cb.png&content_type=image/png&file_size=1", "filename")]
    [InlineData("?filename=a%0Ab.png&content_type=image/png&file_size=1", "filename")]
    [InlineData("?filename=..&content_type=image/png&file_size=1", "filename")]
    [InlineData("?content_type=image/png&file_size=1", "filename")]
    [InlineData("?filename=a.html&content_type=text/html&file_size=1", "content_type")]
    [InlineData("?filename=a.js&content_type=text/javascript&file_size=1", "content_type")]
    [InlineData("?filename=a.js&content_type=application/javascript&file_size=1", "content_type")]
    [InlineData("?filename=a.xhtml&content_type=application/xhtml%2Bxml&file_size=1", "content_type")]
    [InlineData("?filename=a.png&content_type=image/png,text/html&file_size=1", "content_type")]
    [InlineData("?filename=a.png&content_type=&file_size=1", "content_type")]
    [InlineData("", "filename,file_size")]
    public async Task InvalidPresign_ErrorNamesEachFieldAndCountsNothing(string query, string fields)
    {
        var workspace = await service.NewWorkspaceAsync();

        var error = await (await workspace.Client.PostAsync($"{AssetSteps.Assets}/presign{query}", null))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(fields.Split(',').Order(), error.GetProperty("details").EnumerateArray().Select(detail => detail.Text("field")).Order());
        Assert.Equal(AssetUsage.None, await service.Application.UsageAsync(workspace.Id));
    }

    [Fact]
    public async Task Limits_AreInclusive()
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        await (await client.PresignAsync(26_214_400, "IMAGE/PNG", new string('é', 255))).DataAsync();
        await (await client.PresignAsync(1)).DataAsync();
        await (await client.PresignAsync(1, filename: new string('a', 256))).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Storage_CountsAtPresignAndIsLimitedByThePlan()
    {
        await using var small = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Pro:StorageMb"] = "1" });
        var workspace = await small.NewWorkspaceAsync(Plan.Pro);
        var first = await (await workspace.Client.PresignAsync(Megabyte - 100)).DataAsync();
        await (await workspace.Client.PresignAsync(100)).DataAsync();

        var error = await (await workspace.Client.PresignAsync(1)).ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");

        Assert.Contains("1 MB", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(new(2, Megabyte), await small.UsageAsync(workspace.Id));
        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Client.DeleteAsync($"{AssetSteps.Assets}/{first.Text("asset_id")}")).StatusCode);
        Assert.Equal(new(1, 100), await small.UsageAsync(workspace.Id));
        await (await workspace.Client.PresignAsync(1)).DataAsync();
        var usage = (await (await workspace.Client.GetAsync("/api/v1/workspace/usage")).DataAsync()).GetProperty("usage");
        Assert.Equal(101, usage.Number("storage_bytes"));
    }

    [Fact]
    public async Task IdempotencyKey_CreatesOneAsset()
    {
        var workspace = await service.NewWorkspaceAsync();
        workspace.Client.DefaultRequestHeaders.Add("Idempotency-Key", "one");

        var first = await (await workspace.Client.PresignAsync(10)).DataAsync();
        var again = await workspace.Client.PresignAsync(10);
        var other = await workspace.Client.PresignAsync(11);

        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Equal(first.GetRawText(), (await again.DataAsync()).GetRawText());
        await other.ErrorAsync(HttpStatusCode.Conflict, "IDEMPOTENCY_KEY_REUSED");
        Assert.Equal(new(1, 10), await service.Application.UsageAsync(workspace.Id));
    }
}

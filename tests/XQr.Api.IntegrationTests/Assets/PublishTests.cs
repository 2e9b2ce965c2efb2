using System.Net;
using System.Text;
using XQr.Api.Assets;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

public sealed class PublishTests(ServiceFixture service)
{
    [Theory]
    [InlineData("image/png", "89504E470D0A1A0A", "my logo.png", "inline; filename=\"my logo.png\"; filename*=UTF-8''my%20logo.png")]
    [InlineData("text/csv", "613B62", "a\"b;é.csv", "attachment; filename=\"a\\\"b;_.csv\"; filename*=UTF-8''a%22b%3B%C3%A9.csv")]
    [InlineData("application/octet-stream", "00", "a.html", "attachment; filename=a.html; filename*=UTF-8''a.html")]
    public async Task Published_HasSafeHeaders(string type, string hex, string filename, string disposition)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync(Convert.FromHexString(hex), type, filename);

        var asset = await (await client.DoAsync(id, "publish")).DataAsync();
        var read = await AssetSteps.Storage.GetAsync(asset.Text("public_url"));

        Assert.True(asset.GetProperty("is_public").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(type, read.Header("Content-Type"));
        Assert.Equal("public, max-age=31536000, immutable", read.Header("Cache-Control"));
        Assert.Equal(disposition, read.Header("Content-Disposition"));
    }

    /// <summary>The headers and metadata of the upload are not copied.</summary>
    [Fact]
    public async Task HeadersOfTheUpload_AreNotThoseOfTheCopy()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var presigned = await (await client.PresignAsync(AssetSteps.Png.Length)).DataAsync();
        using var upload = new HttpRequestMessage(HttpMethod.Put, presigned.Text("upload_url")) { Content = new ByteArrayContent(AssetSteps.Png) };
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [
                ("x-ms-blob-type", "BlockBlob"), ("x-ms-blob-content-type", "text/html"),
                ("x-ms-blob-content-encoding", "gzip"), ("x-ms-blob-content-language", "de"),
                ("x-ms-blob-content-disposition", "inline; filename=evil.html"), ("x-ms-blob-cache-control", "no-store"), ("x-ms-meta-evil", "1"),
            ])
        {
            upload.Headers.Add(name, value);
        }

        Assert.Equal(HttpStatusCode.Created, (await AssetSteps.Storage.SendAsync(upload)).StatusCode);
        await (await client.DoAsync(presigned.Text("asset_id"), "confirm")).DataAsync();
        var asset = await (await client.DoAsync(presigned.Text("asset_id"), "publish")).DataAsync();
        var read = await AssetSteps.Storage.GetAsync(asset.Text("public_url"));

        Assert.Equal("image/png", read.Header("Content-Type"));
        Assert.Null(read.Header("Content-Encoding"));
        Assert.Null(read.Header("Content-Language"));
        Assert.Null(read.Header("x-ms-meta-evil"));
        Assert.StartsWith("inline; filename=logo.png", read.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.StartsWith("public", read.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublicUrl_IsUnguessableAndAnotherEachTime()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync();

        var first = await client.PublishAsync(id);
        var same = await client.PublishAsync(id);
        var unpublished = await (await client.DoAsync(id, "unpublish")).DataAsync();

        Assert.Equal(first, same);
        Assert.Matches($"/assets-public/{id}/[0-9a-f]{{32}}\\.png$", first);
        Assert.False(unpublished.GetProperty("is_public").GetBoolean());
        Assert.Null(unpublished.GetProperty("public_url").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await AssetSteps.Storage.GetAsync(first)).StatusCode);
        Assert.NotEqual(first, await client.PublishAsync(id));
        Assert.Equal(HttpStatusCode.NotFound, (await AssetSteps.Storage.GetAsync(first)).StatusCode);
    }

    [Fact]
    public async Task PublicContainer_CannotBeListed()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync();
        var url = await client.PublishAsync(id);

        var list = await AssetSteps.Storage.GetAsync($"{url[..url.IndexOf($"/{id}", StringComparison.Ordinal)]}?restype=container&comp=list");

        Assert.NotEqual(HttpStatusCode.OK, list.StatusCode);
    }

    [Fact]
    public async Task Unpublish_OfWhatIsNotPublic_AnswersTheAsset()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync();

        Assert.Equal((await client.AssetAsync(id)).GetRawText(), (await (await client.DoAsync(id, "unpublish")).DataAsync()).GetRawText());
    }

    [Fact]
    public async Task Svg_IsMadeHarmless()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var svg = AssetSteps.Svg.Replace("<path", "<script>evil()</script><path onclick='evil()'", StringComparison.Ordinal);
        var id = await client.NewAssetAsync(Encoding.UTF8.GetBytes(svg), "image/svg+xml", "logo.svg");

        var asset = await (await client.DoAsync(id, "publish")).DataAsync();
        var read = await AssetSteps.Storage.GetAsync(asset.Text("public_url"));

        Assert.Equal(AssetSteps.Svg, await read.Content.ReadAsStringAsync());
        Assert.Equal(["element <script>", "attribute onclick"], Removed(asset));
        Assert.Equal(Removed(asset), Removed(await client.AssetAsync(id)));
        Assert.Empty(Removed(await (await client.DoAsync(id, "unpublish")).DataAsync()));
        Assert.Equal("image/svg+xml", read.Header("Content-Type"));
        Assert.StartsWith("inline; filename=logo.svg", read.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.StartsWith("public", read.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'>&entity;</svg>", "must be well-formed XML: it is not at line 1, column 42")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "must be well-formed XML: it is not at line 1, column 46")]
    [InlineData("<svg/>", "must begin with an element svg of the namespace http://www.w3.org/2000/svg")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><feTurbulence numOctaves='99'/></svg>", "must have no number over 10 in numOctaves")]
    public async Task SvgThatCannotBeMadeHarmless_IsNotPublishedForItsReason(string svg, string reason)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync(Encoding.UTF8.GetBytes(svg), "image/svg+xml");

        var error = await (await client.DoAsync(id, "publish")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");

        Assert.Equal($"This SVG image can't be published: it {reason}.", error.Text("message"));
        Assert.False((await client.AssetAsync(id)).GetProperty("is_public").GetBoolean());
        Assert.DoesNotContain($"{id}/public", await service.Application.BlobsAsync("", id));
    }

    [Fact]
    public async Task SvgThatIsTooLarge_IsNotPublished()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync(Encoding.UTF8.GetBytes(AssetSteps.Svg + new string(' ', SvgSanitizer.MaxBytes)), "image/svg+xml");

        await (await client.DoAsync(id, "publish")).ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task PublicBaseUrl_StandsForTheContainer()
    {
        await using var other = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Assets:PublicBaseUrl"] = "https://cdn.example/files/" });
        var client = (await other.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync();

        var asset = await (await client.DoAsync(id, "publish")).DataAsync();

        Assert.StartsWith($"https://cdn.example/files/{id}/", asset.Text("public_url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublicUrl_LeadsToTheAssetOfItsWorkspaceOnly()
    {
        var (workspace, other) = (await service.NewWorkspaceAsync(), await service.NewWorkspaceAsync());
        var id = await workspace.Client.NewAssetAsync();
        var url = await workspace.Client.PublishAsync(id);
        var assets = service.Application.Service<PublicAssets>();

        var found = await assets.FindAsync(workspace.Id, url, CancellationToken.None);

        Assert.Equal(id, found?.Id.ToString());
        Assert.Equal(AssetSteps.Png, await assets.ReadAsync(found!, AssetSteps.Png.Length, CancellationToken.None));
        Assert.Null(await assets.ReadAsync(found!, AssetSteps.Png.Length - 1, CancellationToken.None));
        Assert.Null(await assets.FindAsync(other.Id, url, CancellationToken.None));
        Assert.Null(await assets.FindAsync(workspace.Id, $"{url}x", CancellationToken.None));
        Assert.Null(await assets.FindAsync(workspace.Id, "https://example.com/logo.png", CancellationToken.None));
        await workspace.Client.DoAsync(id, "unpublish");
        Assert.Null(await assets.FindAsync(workspace.Id, url, CancellationToken.None));
        Assert.Null(await assets.ReadAsync(found!, AssetSteps.Png.Length, CancellationToken.None));
    }

    private static IEnumerable<string?> Removed(System.Text.Json.JsonElement asset) =>
        asset.GetProperty("removed").EnumerateArray().Select(entry => entry.GetString());
}

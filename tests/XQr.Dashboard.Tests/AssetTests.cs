using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using XQr.Dashboard.Assets;
using XQr.Testing;

namespace XQr.Dashboard.Tests;

public sealed class AssetTests(ServiceFixture service)
{
    public static TheoryData<string> Names => [.. AssetUrls.All.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task File_TheSameInEachEncoding(string name)
    {
        var plain = await ReadAsync(name, "");
        var brotli = await ReadAsync(name, "gzip, deflate, br");
        var gzip = await ReadAsync(name, "gzip");

        Assert.Equal("br", brotli.Headers.ContentEncoding.Single());
        Assert.Equal("gzip", gzip.Headers.ContentEncoding.Single());
        Assert.Empty(plain.Headers.ContentEncoding);
        var content = await plain.ReadAsByteArrayAsync();
        Assert.Equal(content, await UnpackedAsync(new BrotliStream(await brotli.ReadAsStreamAsync(), CompressionMode.Decompress)));
        Assert.Equal(content, await UnpackedAsync(new GZipStream(await gzip.ReadAsStreamAsync(), CompressionMode.Decompress)));
    }

    [Theory]
    [InlineData("app.css", "text/css")]
    [InlineData("htmx.js", "text/javascript")]
    public async Task Headers_KeptForAYearAndByEncoding(string name, string type)
    {
        using var response = await SendAsync(HttpMethod.Get, AssetUrls.Of(name), "br");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl!.ToString());
        Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("br;q=0.2, gzip;q=0.5", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0.5", "br")]
    [InlineData("BR", "br")]
    [InlineData("zstd", null)]
    [InlineData("br;q=0", null)]
    [InlineData("??", null)]
    public async Task AcceptEncoding_DecidesTheEncoding(string accepted, string? expected)
    {
        using var response = await SendAsync(HttpMethod.Get, AssetUrls.Of("app.css"), accepted);

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    [Fact]
    public async Task ETag_OneForEachEncodingAndNotModified()
    {
        var url = AssetUrls.Of("app.css");
        using var plain = await SendAsync(HttpMethod.Get, url, "");
        using var brotli = await SendAsync(HttpMethod.Get, url, "br");
        Assert.NotEqual(plain.Headers.ETag, brotli.Headers.ETag);

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { brotli.Headers.ETag! } } };
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var again = await service.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Head_TheHeadersAlone()
    {
        using var get = await SendAsync(HttpMethod.Get, AssetUrls.Of("app.css"), "br");
        using var head = await SendAsync(HttpMethod.Head, AssetUrls.Of("app.css"), "br");

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/dashboard/assets/0123456789abcdef/app.css")]
    [InlineData("/dashboard/assets/0123456789abcdef/unknown.css")]
    [InlineData("/dashboard/assets/app.css")]
    public async Task OtherHash_NotFoundAndNotKept(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, "br");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    /// <summary>A browser needs few bytes and little time for a module that is this small.</summary>
    [Fact]
    public void OwnModules_AtMostSixKilobytes() => Assert.Empty(
        from file in AssetUrls.All
        where file.Name.EndsWith(".js", StringComparison.Ordinal) && file.Name != "htmx.js"
        let size = AssetUrls.Open(file.Name).Length
        where size > 6 * 1024
        select $"{file.Name}: {size} bytes");

    [Fact]
    public async Task FilesOfPackages_AreThoseOfThePinnedPackages()
    {
        var start = new ProcessStartInfo("node", ["eng/dashboard-assets.mjs", "--check"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardError = true,
        };
        using var check = Process.Start(start)!;
        var errors = await check.StandardError.ReadToEndAsync();
        await check.WaitForExitAsync();

        Assert.Equal("", errors);
        Assert.Equal(0, check.ExitCode);
    }

    private async Task<HttpContent> ReadAsync(string name, string accepted) =>
        (await SendAsync(HttpMethod.Get, AssetUrls.Of(name), accepted)).EnsureSuccessStatusCode().Content;

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string accepted)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return await service.Client.SendAsync(request);
    }

    private static async Task<byte[]> UnpackedAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }
}

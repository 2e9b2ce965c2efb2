using System.IO.Compression;
using XQr.Testing;

namespace XQr.Dashboard.Tests;

public sealed class PageCompressionTests(ServiceFixture service)
{
    private const string Path = "/dashboard/no/such/page";

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("", null)]
    public async Task Page_CompressedAsTheBrowserAccepts(string accepted, string? expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await service.Client.SendAsync(request);

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
        var content = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(expected switch
        {
            "br" => new BrotliStream(content, CompressionMode.Decompress),
            "gzip" => new GZipStream(content, CompressionMode.Decompress),
            _ => content,
        });
        Assert.EndsWith("</html>", (await reader.ReadToEndAsync()).TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_NoBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Path);
        using var response = await service.Client.SendAsync(request);

        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}

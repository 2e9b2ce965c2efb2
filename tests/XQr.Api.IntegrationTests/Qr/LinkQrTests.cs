using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Qr;

public sealed class LinkQrTests(ServiceFixture service)
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    [Theory]
    [InlineData("", "image/svg+xml", "svg")]
    [InlineData("?format=svg", "image/svg+xml", "svg")]
    [InlineData("?format=png", "image/png", "png")]
    public async Task Image_HasTheHeadersOfItsFormat(string query, string type, string extension)
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();

        var response = await workspace.Client.GetAsync($"/api/v1/links/{link.Text("id")}/qr{query}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Header("Content-Type"));
        Assert.Equal($"inline; filename=\"{link.Text("id")[..8]}-qr.{extension}\"", response.Header("Content-Disposition"));
        Assert.Equal((true, TimeSpan.FromSeconds(300)), (response.Headers.CacheControl?.Private, response.Headers.CacheControl?.MaxAge));
        Assert.Matches("^\"[0-9a-f]{32}\"$", response.Header("ETag"));
        Assert.NotNull(response.Header("X-RateLimit-Remaining"));
        Assert.NotNull(response.Header("X-Request-Id"));
    }

    [Theory]
    [InlineData("svg")]
    [InlineData("png")]
    public async Task SameInput_SameBytesOnEveryInstance(string format)
    {
        await using var other = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        var path = $"/api/v1/links/{(await workspace.Client.NewLinkAsync()).Text("id")}/qr?format={format}";
        using var client = other.NewClient(workspace.Key);

        Assert.Equal(await workspace.Client.GetByteArrayAsync(path), await client.GetByteArrayAsync(path));
    }

    [Fact]
    public async Task Current_NotModifiedWithoutABody()
    {
        var workspace = await service.NewWorkspaceAsync();
        var path = $"/api/v1/links/{(await workspace.Client.NewLinkAsync()).Text("id")}/qr";
        var etag = (await workspace.Client.GetAsync(path)).Header("ETag")!;

        foreach (var known in new[] { etag, $"\"other\", {etag}", $"W/{etag}", "*" })
        {
            var response = await workspace.Client.VisitAsync(path, headers: ("If-None-Match", known));
            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal(etag, response.Header("ETag"));
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.VisitAsync(path, headers: ("If-None-Match", "\"other\""))).StatusCode);
    }

    [Fact]
    public async Task Size_IsPixelsAModule()
    {
        var workspace = await service.NewWorkspaceAsync();
        var path = $"/api/v1/links/{(await workspace.Client.NewLinkAsync("""{"url":"https://example.com/","custom_slug":null}""")).Text("id")}/qr";

        // https://xqr.test/ and 7 characters are 24 bytes: version 2, 25 modules, and one of quiet zone on each side.
        Assert.Matches("width=\"270\" height=\"270\" viewBox=\"[^\"]* 27 27\"", await workspace.Client.GetStringAsync(path));
        Assert.Matches("width=\"81\" height=\"81\" viewBox=\"[^\"]* 27 27\"", await workspace.Client.GetStringAsync($"{path}?size=3"));
        var png = await workspace.Client.GetByteArrayAsync($"{path}?format=png&size=50");
        Assert.Equal(PngSignature, png[..8]);
        Assert.Equal(27 * 50, (png[16] << 24) | (png[17] << 16) | (png[18] << 8) | png[19]);
    }

    [Fact]
    public async Task QuietZone_IsThatOfTheRequest_ElseOfTheTemplate_ElseOne()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"/api/v1/links/{(await client.NewLinkAsync("""{"url":"https://example.com/"}""")).Text("id")}/qr";
        var template = (await client.NewTemplateAsync("""{"quiet_zone":2}""")).Text("id");

        // 25 modules, and the quiet zone on each side.
        Assert.Matches(" 27 27\"", await client.GetStringAsync(path));
        Assert.Matches(" 29 29\"", await client.GetStringAsync($"{path}?template_id={template}"));
        Assert.Matches(" 33 33\"", await client.GetStringAsync($"{path}?quiet_zone=4"));
        Assert.Matches(" 25 25\"", await client.GetStringAsync($"{path}?quiet_zone=0&template_id={template}"));
    }

    [Theory]
    [InlineData("?format=gif", "format")]
    [InlineData("?format=PNG", "format")]
    [InlineData("?size=0", "size")]
    [InlineData("?size=51", "size")]
    [InlineData("?size=1.5", "size")]
    [InlineData("?size=", "size")]
    [InlineData("?quiet_zone=17", "quiet_zone")]
    [InlineData("?quiet_zone=-1", "quiet_zone")]
    public async Task BadParameter_IsNamed(string query, string field)
    {
        var workspace = await service.NewWorkspaceAsync();
        var link = await workspace.Client.NewLinkAsync();

        var error = await (await workspace.Client.GetAsync($"/api/v1/links/{link.Text("id")}/qr{query}"))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal([field], error.Fields());
    }

    [Fact]
    public async Task UnknownLinkOrTemplate_NotFound()
    {
        var (workspace, other) = (await service.NewWorkspaceAsync(), await service.NewWorkspaceAsync());
        var link = await workspace.Client.NewLinkAsync();

        await (await workspace.Client.GetAsync("/api/v1/links/nonsense/qr")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await other.Client.GetAsync($"/api/v1/links/{link.Text("id")}/qr")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await workspace.Client.GetAsync($"/api/v1/links/{link.Text("id")}/qr?template_id={Guid.NewGuid()}"))
            .ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }
}

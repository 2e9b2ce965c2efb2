using System.Globalization;
using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using XQr.Api.Qr.Images;
using XQr.Api.Storage;
using XQr.Testing;
using XQr.Testing.Decoding;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>A logo that is too large for its data is reduced, and the response has its size.</summary>
public sealed class LogoSizeTests(LogoFixture logos, QrReader reader) : IClassFixture<LogoFixture>
{
    [Theory]
    [InlineData("svg")]
    [InlineData("png")]
    public async Task LogoTooLargeForTheData_IsReducedAndTold(string format)
    {
        var workspace = await logos.Application.NewWorkspaceAsync();
        var template = (await workspace.Client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.svg","logo_size":0.4}""")).Text("id");
        var link = await workspace.Client.NewLinkAsync();
        (string Path, string Data)[] renders =
        [
            ($"/api/v1/links/{link.Text("id")}/qr?template_id={template}&format={format}&size=20", link.Text("short_url")),
            ($"{Templates}/{template}/render?data=x&format={format}&size=20", "x"),
            ($"/api/v1/qr/render?logo_url=https://logos.test/logo.svg&logo_size=0.4&data=y&format={format}&size=20", "y"),
        ];

        foreach (var (path, data) in renders)
        {
            var first = await workspace.Client.GetAsync(path);
            var again = await workspace.Client.GetAsync(path);
            var size = double.Parse(first.Header("X-Logo-Size")!, CultureInfo.InvariantCulture);

            Assert.InRange(size, 0.1, 0.39);
            Assert.Equal(first.Header("X-Logo-Size"), again.Header("X-Logo-Size"));
            Assert.Equal(data, await reader.ReadAsync(await first.Content.ReadAsByteArrayAsync()));
            Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task LogoThatFits_IsNotToldOf()
    {
        var client = (await logos.Application.NewWorkspaceAsync()).Client;

        var answer = await client.GetAsync("/api/v1/qr/render?logo_url=https://logos.test/logo.svg&logo_size=0.2&data=x");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Header("X-Logo-Size"));
    }

    /// <summary>The stored image has the size of its logo, so that every instance can return it.</summary>
    [Fact]
    public async Task ReducedLogo_IsRememberedWithTheStoredImage()
    {
        var workspace = await logos.Application.NewWorkspaceAsync();
        var template = (await workspace.Client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.svg","logo_size":0.4}""")).Text("id");
        var first = await workspace.Client.GetAsync($"{Templates}/{template}/render?data={Guid.NewGuid()}&format=png&size=20");
        var key = "";
        await Eventually.TrueAsync(
            async () => (key = (await Renders().GetBlobsAsync(ByTag(first)).FirstOrDefaultAsync())?.Name) is not null, "The image is stored.");

        var stored = await logos.Application.Service<RenderBlobs>().FindAsync(key!, TestContext.Current.CancellationToken);

        Assert.Equal(double.Parse(first.Header("X-Logo-Size")!, CultureInfo.InvariantCulture), stored!.ReducedLogoSize);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), stored.Bytes);

        BlobContainerClient Renders() => logos.Application.Service<Containers>().QrRenders;

        static GetBlobsOptions ByTag(HttpResponseMessage response) => new() { Prefix = response.Header("ETag")!.Trim('"') };
    }

    [Fact]
    public async Task Archive_TellsItsSmallestLogo()
    {
        var client = (await logos.Application.NewWorkspaceAsync()).Client;
        var template = (await client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.svg","logo_size":0.4}""")).Text("id");
        var links = new[]
        {
            await client.NewLinkAsync("""{"url":"https://example.com/"}"""),
            await client.NewLinkAsync($$"""{"url":"https://example.com/","custom_slug":"{{Guid.NewGuid()}}"}"""),
        };
        var sizes = new List<double>();
        foreach (var link in links)
        {
            var code = await client.GetAsync($"/api/v1/links/{link.Text("id")}/qr?template_id={template}");
            sizes.Add(double.Parse(code.Header("X-Logo-Size")!, CultureInfo.InvariantCulture));
        }

        var archive = await client.PostJsonAsync(
            "/api/v1/qr/batch", $$"""{"link_ids":["{{links[0].Text("id")}}","{{links[1].Text("id")}}"],"template_id":"{{template}}"}""");

        Assert.Equal(HttpStatusCode.OK, archive.StatusCode);
        Assert.Equal(sizes.Min(), double.Parse(archive.Header("X-Logo-Size")!, CultureInfo.InvariantCulture));
    }
}

using System.IO.Compression;
using System.Net;
using XQr.Api.IntegrationTests.Links;
using XQr.Api.Links;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;
using XQr.Testing.Decoding;

namespace XQr.Api.IntegrationTests.Qr;

public sealed class BatchTests(ServiceFixture service, QrReader reader)
{
    private const string Batch = "/api/v1/qr/batch";

    [Theory]
    [InlineData("svg", 30)]
    [InlineData("png", 500)]
    public async Task FiveHundred_EachDecodes(string format, int count)
    {
        var workspace = await service.NewWorkspaceAsync();
        await LinkSeed.AddAsync(service.Application, workspace.Id, count, _ => ["tables"]);
        var links = await LinksAsync(workspace.Client);

        var response = await workspace.Client.PostJsonAsync(Batch, $$"""{"label":"tables","format":"{{format}}","size":3}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/zip", response.Header("Content-Type"));
        Assert.Equal("attachment; filename=\"qr-codes.zip\"", response.Header("Content-Disposition"));
        Assert.NotNull(response.Header("X-RateLimit-Remaining"));
        var files = await UnzipAsync(response);

        Assert.Equal(links.Keys.Select(code => $"{code}.{format}").Order(), files.Keys.Order());
        foreach (var (code, url) in links)
        {
            Assert.Equal(url, await reader.ReadAsync(files[$"{code}.{format}"]));
        }

        Assert.Equal(count, await CountedAsync(service.Application, workspace.Id));
    }

    [Fact]
    public async Task Ids_EachOnceAsByItself()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var (first, second) = (await client.NewLinkAsync(), await client.NewLinkAsync(
            """{"url":"https://example.com/","custom_slug":"X-""" + $"{Guid.NewGuid():N}" + "\"}"));
        var template = (await client.NewTemplateAsync("""{"dot_style":"dots","foreground_color":"#036"}""")).Text("id");
        var ids = $"\"{first.Text("id")}\",\"{second.Text("id")}\",\"{first.Text("id")}\"";
        var body = $$"""{"link_ids":[{{ids}}],"template_id":"{{template}}","format":null,"size":null,"quiet_zone":4}""";

        var files = await UnzipAsync(await client.PostJsonAsync(Batch, body));

        Assert.Equal([$"{first.Text("short_code")}.svg", $"{second.Text("short_code")}.svg"], files.Keys);
        foreach (var link in new[] { first, second })
        {
            Assert.Equal(
                await client.ImageAsync($"/api/v1/links/{link.Text("id")}/qr?template_id={template}&quiet_zone=4"),
                files[$"{link.Text("short_code")}.svg"]);
        }

        Assert.Equal(
            await (await client.PostJsonAsync(Batch, body)).Content.ReadAsByteArrayAsync(), await (await client.PostJsonAsync(Batch, body))
                .Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("{}", "link_ids")]
    [InlineData("""{"link_ids":[],"format":"gif","size":0,"quiet_zone":17}""", "link_ids,format,size,quiet_zone")]
    [InlineData("""{"link_ids":["a"],"label":"b"}""", "link_ids")]
    [InlineData("""{"link_ids":"a"}""", "link_ids")]
    [InlineData("""{"link_ids":[7]}""", "link_ids[0]")]
    [InlineData("""{"link_ids":["nonsense","0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"]}""", "link_ids[0],link_ids[1]")]
    [InlineData("""{"label":"nobody has it"}""", "label")]
    [InlineData("""{"label":7,"template":"x"}""", "label,template")]
    public async Task Errors_AreNamed(string body, string fields)
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        Assert.Equal(
            fields.Split(','), (await (await client.PostJsonAsync(Batch, body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
    }

    [Fact]
    public async Task MoreThanFiveHundred_IsRefused()
    {
        var workspace = await service.NewWorkspaceAsync();
        await LinkSeed.AddAsync(service.Application, workspace.Id, 501, _ => ["many"]);
        var ids = string.Join(',', Enumerable.Repeat($"\"{Guid.NewGuid()}\"", 501));

        Assert.Equal(["label"], (await (await workspace.Client.PostJsonAsync(Batch, """{"label":"many"}""")).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        Assert.Equal(["link_ids"], (await (await workspace.Client.PostJsonAsync(Batch, $$"""{"link_ids":[{{ids}}]}""")).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        Assert.Equal(0, await CountedAsync(service.Application, workspace.Id));
    }

    [Fact]
    public async Task OtherWorkspace_HasNeitherLinksNorTemplates()
    {
        var (owner, other) = ((await service.NewWorkspaceAsync()).Client, (await service.NewWorkspaceAsync()).Client);
        var link = (await owner.NewLinkAsync("""{"url":"https://example.com/","labels":["mine"]}""")).Text("id");
        var template = (await owner.NewTemplateAsync()).Text("id");
        await other.NewLinkAsync("""{"url":"https://example.com/","labels":["theirs"]}""");

        Assert.Equal(["link_ids[0]"], (await (await other.PostJsonAsync(Batch, $$"""{"link_ids":["{{link}}"]}""")).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        Assert.Equal(
            ["label"],
            (await (await other.PostJsonAsync(Batch, """{"label":"mine"}""")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        foreach (var id in (string[])[template, "nonsense"])
        {
            await (await other.PostJsonAsync(Batch, $$"""{"label":"theirs","template_id":"{{id}}"}"""))
                .ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }
    }

    [Fact]
    public async Task Limit_AllOrNone()
    {
        await using var tight = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Enterprise:DynamicQr"] = "200" });
        var workspace = await tight.NewWorkspaceAsync();
        await LinkSeed.AddAsync(tight, workspace.Id, 300, index => [index < 150 ? "first" : "second"]);

        Assert.Equal(150, (await UnzipAsync(await workspace.Client.PostJsonAsync(Batch, """{"label":"first"}"""))).Count);
        await (await workspace.Client.PostJsonAsync(Batch, """{"label":"second"}""")).ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");

        Assert.Equal(150, await CountedAsync(tight, workspace.Id));
        Assert.Equal(150, (await UnzipAsync(await workspace.Client.PostJsonAsync(Batch, """{"label":"first","format":"png","size":1}"""))).Count);
    }

    [Fact]
    public async Task Feature_IsAskedFor()
    {
        await using var without = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Pro:Features:BulkOps"] = "false" });
        var client = (await without.NewWorkspaceAsync(Plan.Pro)).Client;

        var error = await (await client.PostJsonAsync(Batch, "{}")).ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");

        Assert.Contains("bulk_ops", error.Text("message"), StringComparison.Ordinal);
    }

    private static async Task<int> CountedAsync(XQrApplication application, string workspaceId) =>
        (await application.Service<CountedCommits<LinkUsage>>().FindAsync(workspaceId, CancellationToken.None)).DynamicQr;

    private static async Task<Dictionary<string, byte[]>> UnzipAsync(HttpResponseMessage response)
    {
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(), ZipArchiveMode.Read);
        var files = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(content);
            files.Add(entry.FullName, content.ToArray());
        }

        return files;
    }

    private static async Task<Dictionary<string, string>> LinksAsync(HttpClient client)
    {
        var links = new Dictionary<string, string>();
        for (var offset = 0; offset < 600; offset += 200)
        {
            foreach (var link in (await (await client.GetAsync($"/api/v1/links?limit=200&offset={offset}")).DataAsync()).EnumerateArray())
            {
                links.Add(link.Text("short_code"), link.Text("short_url"));
            }
        }

        return links;
    }
}

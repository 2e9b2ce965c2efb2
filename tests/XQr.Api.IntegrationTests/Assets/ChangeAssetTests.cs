using System.Net;
using System.Net.Http.Headers;
using XQr.Api.Assets;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

public sealed class ChangeAssetTests(ServiceFixture service)
{
    public static TheoryData<string, string, string> Operations => new()
    {
        { "GET", "", "assets:read" },
        { "GET", "/{id}", "assets:read" },
        { "POST", "/presign?filename=a&content_type=text/plain&file_size=1", "assets:write" },
        { "POST", "/{id}/confirm", "assets:write" },
        { "POST", "/presign/{id}/confirm", "assets:write" },
        { "POST", "/{id}/publish", "assets:write" },
        { "POST", "/{id}/unpublish", "assets:write" },
        { "PATCH", "/{id}", "assets:write" },
        { "DELETE", "/{id}", "assets:write" },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_NeedsThisScopeAndThisWorkspace(string method, string path, string scope)
    {
        var (workspace, other) = (await service.NewWorkspaceAsync(), await service.NewWorkspaceAsync());
        var id = await workspace.Client.NewAssetAsync();
        using var without = workspace.ClientWith(await service.Application.NewKeyAsync(workspace.Id, [.. Scopes.Known.Except([scope, "*"])]));
        using var with = workspace.ClientWith(await service.Application.NewKeyAsync(workspace.Id, scope));

        await (await SendAsync(without)).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        if (path.Contains("{id}", StringComparison.Ordinal))
        {
            await (await SendAsync(other.Client)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        Assert.True((await SendAsync(with)).IsSuccessStatusCode);

        async Task<HttpResponseMessage> SendAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(new(method), AssetSteps.Assets + path.Replace("{id}", id, StringComparison.Ordinal))
            {
                Content = method == "PATCH" ? Answers.Json("""{"tags":["a"]}""") : null,
            };
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Change_FilenameAndTags()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync();
        var before = await client.AssetAsync(id);

        var changed = await (await client.PatchJsonAsync($"{AssetSteps.Assets}/{id}", """{"filename":"Über.png","tags":[" a ","b","a"]}"""))
            .DataAsync();
        var untouched = await (await client.PatchJsonAsync($"{AssetSteps.Assets}/{id}", "{}")).DataAsync();

        Assert.Equal(("Über.png", """["a","b"]"""), (changed.Text("filename"), changed.GetProperty("tags").GetRawText()));
        Assert.Equal(changed.Text("filename"), untouched.Text("filename"));
        Assert.Equal(before.Text("created_at"), changed.Text("created_at"));
        Assert.Equal((await client.AssetAsync(id)).GetRawText(), untouched.GetRawText());
    }

    [Fact]
    public async Task ChangeOfPublicAsset_RenamesItsDownload()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.NewAssetAsync();
        var url = await client.PublishAsync(id);

        var changed = await (await client.PatchJsonAsync($"{AssetSteps.Assets}/{id}", """{"filename":"new.png"}""")).DataAsync();

        Assert.Equal(url, changed.Text("public_url"));
        Assert.StartsWith(
            "inline; filename=new.png", (await AssetSteps.Storage.GetAsync(url)).Header("Content-Disposition"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"filename":""}""", "filename")]
    [InlineData("""{"filename":"a/b"}""", "filename")]
    [InlineData("""{"filename":"a\u0000b"}""", "filename")]
    [InlineData("""{"filename":"a\u202Egnp.exe"}""", "filename")]
    [InlineData("""{"filename":null}""", "filename")]
    [InlineData("""{"filename":7}""", "filename")]
    [InlineData("""{"tags":null}""", "tags")]
    [InlineData("""{"tags":"a"}""", "tags")]
    [InlineData("""{"tags":["a",""]}""", "tags[1]")]
    [InlineData("""{"tags":["1","2","3","4","5","6","7","8","9","10","11"]}""", "tags")]
    [InlineData("""{"is_public":true}""", "is_public")]
    public async Task InvalidChange_ErrorNamesTheField(string body, string field)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = (await (await client.PresignAsync(1)).DataAsync()).Text("asset_id");

        var error = await (await client.PatchJsonAsync($"{AssetSteps.Assets}/{id}", body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal([field], error.GetProperty("details").EnumerateArray().Select(detail => detail.Text("field")));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/confirm")]
    [InlineData("POST", "/publish")]
    [InlineData("POST", "/unpublish")]
    public async Task UnknownOrMalformedId_IsNotFound(string method, string path)
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        foreach (var id in (string[])["0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "x", "presign2"])
        {
            using var request = new HttpRequestMessage(new(method), $"{AssetSteps.Assets}/{id}{path}");
            request.Content = method == "PATCH" ? Answers.Json("{}") : null;
            await (await client.SendAsync(request)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }
    }

    [Fact]
    public async Task ETag_RevalidatesAndGuards()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var id = await client.UploadedAsync(AssetSteps.Png);
        var tags = new List<string?> { (await client.GetAsync($"{AssetSteps.Assets}/{id}")).Header("ETag") };
        foreach (var what in (string[])["confirm", "publish", "unpublish"])
        {
            tags.Add((await client.DoAsync(id, what)).Header("ETag"));
        }

        tags.Add((await client.PatchJsonAsync($"{AssetSteps.Assets}/{id}", """{"tags":["a"]}""")).Header("ETag"));

        Assert.Equal(5, tags.Distinct().Count());
        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(HttpMethod.Get, "If-None-Match", tags[^1]!)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "If-None-Match", tags[0]!)).StatusCode);
        await (await SendAsync(HttpMethod.Patch, "If-Match", tags[0]!)).ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        await (await SendAsync(HttpMethod.Delete, "If-Match", tags[0]!)).ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, "If-Match", tags[^1]!)).StatusCode);

        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string header, string tag)
        {
            using var request = new HttpRequestMessage(method, $"{AssetSteps.Assets}/{id}") { Headers = { { header, tag } } };
            request.Content = method == HttpMethod.Patch ? new StringContent("{}", new MediaTypeHeaderValue("application/json")) : null;
            return await client.SendAsync(request);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_RemovesBothCopiesAndGivesTheBytesBack(bool isConfirmed)
    {
        var workspace = await service.NewWorkspaceAsync();
        var client = workspace.Client;
        var id = isConfirmed ? await client.NewAssetAsync() : await client.UploadedAsync(AssetSteps.Png);
        var url = isConfirmed ? await client.PublishAsync(id) : null;

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{AssetSteps.Assets}/{id}")).StatusCode);

        await (await client.GetAsync($"{AssetSteps.Assets}/{id}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await client.DeleteAsync($"{AssetSteps.Assets}/{id}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        Assert.Empty(await service.Application.BlobsAsync(workspace.Id, id));
        Assert.Equal(AssetUsage.None, await service.Application.UsageAsync(workspace.Id));
        Assert.True(url is null || (await AssetSteps.Storage.GetAsync(url)).StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_NewestFirstInPagesWithExactTotal()
    {
        var workspace = await service.NewWorkspaceAsync();
        var ids = new List<string>();
        for (var index = 0; index < 7; index++)
        {
            ids.Insert(0, (await (await workspace.Client.PresignAsync(1)).DataAsync()).Text("asset_id"));
        }

        await workspace.Client.DeleteAsync($"{AssetSteps.Assets}/{ids[2]}");
        ids.RemoveAt(2);

        Assert.Equal(ids, await ListAsync("", 6));
        Assert.Equal(ids[..2], await ListAsync("?limit=2", 6));
        Assert.Equal(ids[2..5], await ListAsync("?limit=3&offset=2", 6));
        Assert.Empty(await ListAsync("?offset=6", 6));
        await (await workspace.Client.GetAsync($"{AssetSteps.Assets}?limit=201")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await workspace.Client.GetAsync($"{AssetSteps.Assets}?offset=-1")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        async Task<IEnumerable<string>> ListAsync(string query, int total)
        {
            var body = await (await workspace.Client.GetAsync(AssetSteps.Assets + query)).BodyAsync();
            Assert.Equal(total, body.GetProperty("meta").Number("total"));
            return body.GetProperty("data").EnumerateArray().Select(asset => asset.Text("id"));
        }
    }
}

using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

/// <summary>Tests of the requests of a browser whose page calls <c>fetch(upload_url, { method, headers, body })</c> (Fetch Standard, 4.8).</summary>
public sealed class BrowserUploadTests(ServiceFixture service)
{
    private const string Origin = "https://dashboard.example";

    private static readonly Dictionary<string, string?> Settings = new() { ["Xqr:Storage:UploadOrigins"] = $"{Origin},http://localhost:5173" };

    [Theory]
    [InlineData(Origin)]
    [InlineData("http://localhost:5173")]
    public async Task PageOfConfiguredOrigin_Uploads(string origin)
    {
        await using var application = await service.StartAnotherAsync(Settings);
        var client = (await application.NewWorkspaceAsync()).Client;
        var presigned = await (await client.PresignAsync(AssetSteps.Png.Length)).DataAsync();
        var headers = presigned.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!);

        // The browser sends a preflight request, and sends the request of the page only if it is allowed.
        var preflight = await PreflightAsync(
            presigned.Text("upload_url"), origin, string.Join(',', headers.Keys.Select(name => name.ToLowerInvariant()).Order()));
        Assert.Equal(HttpStatusCode.OK, preflight.StatusCode);
        Assert.Equal(origin, preflight.Header("Access-Control-Allow-Origin"));
        Assert.Contains("PUT", preflight.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Superset(Names(string.Join(',', headers.Keys)), Names(preflight.Header("Access-Control-Allow-Headers")!));

        using var put = new HttpRequestMessage(HttpMethod.Put, presigned.Text("upload_url"))
        {
            Content = new ByteArrayContent(AssetSteps.Png),
            Headers = { { "Origin", origin } },
        };
        put.Content.Headers.TryAddWithoutValidation("Content-Type", headers["Content-Type"]);
        put.Headers.TryAddWithoutValidation("x-ms-blob-type", headers["x-ms-blob-type"]);
        var uploaded = await AssetSteps.Storage.SendAsync(put);

        // Without this header the browser hides the response from the page.
        Assert.Equal((HttpStatusCode.Created, origin), (uploaded.StatusCode, uploaded.Header("Access-Control-Allow-Origin")));
        Assert.Equal("confirmed", (await (await client.DoAsync(presigned.Text("asset_id"), "confirm")).DataAsync()).Text("status"));
    }

    [Fact]
    public async Task PageOfAnotherOrigin_IsRejected()
    {
        await using var application = await service.StartAnotherAsync(Settings);
        var client = (await application.NewWorkspaceAsync()).Client;
        var presigned = await (await client.PresignAsync(AssetSteps.Png.Length)).DataAsync();

        var preflight = await PreflightAsync(presigned.Text("upload_url"), "https://evil.example", "content-type,x-ms-blob-type");

        Assert.Equal(HttpStatusCode.Forbidden, preflight.StatusCode);
        Assert.Null(preflight.Header("Access-Control-Allow-Origin"));
    }

    private static Task<HttpResponseMessage> PreflightAsync(string url, string origin, string headers) => AssetSteps.Storage.SendAsync(
        new HttpRequestMessage(HttpMethod.Options, url)
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "PUT" }, { "Access-Control-Request-Headers", headers } },
        });

    private static HashSet<string> Names(string list) => [.. list.Split(',', StringSplitOptions.TrimEntries).Select(name => name.ToLowerInvariant())];
}

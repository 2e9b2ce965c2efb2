using System.Net;
using XQr.Api.IntegrationTests.Assets;
using XQr.Api.IntegrationTests.OpenApi;
using XQr.Api.IntegrationTests.Qr;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>HEAD is answered wherever GET is, as GET is, without a body.</summary>
public sealed class HeadTests(ServiceFixture service)
{
    /// <summary>The headers that differ between requests, and the one that frames a body.</summary>
    private static readonly string[] OfTheRequest =
    [
        "Date", "X-Request-Id", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Burst-Remaining", "X-Quota-Remaining",
        "Transfer-Encoding",
    ];

    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["/api/v1/qr/render"] = "?data=x",
        ["/api/v1/qr/templates/{id}/render"] = "?data=x&format=png",
        ["/api/v1/analytics/timeseries"] = "?interval=day",
    };

    [Fact]
    public async Task EveryOperationByGet_AnswersHeadAlike()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var (client, member) = ((await service.NewWorkspaceAsync()).Client, (await service.NewOwnedWorkspaceAsync()).Client);
        var link = await client.NewLinkAsync();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["links"] = link.Text("id"),
            ["templates"] = (await client.NewTemplateAsync()).Text("id"),
            ["assets"] = (await (await client.PresignAsync(1)).DataAsync()).Text("asset_id"),
            ["keys"] = (await (await member.PostJsonAsync("/api/developer/keys", """{"name":"x","scopes":["*"]}""")).DataAsync(
                HttpStatusCode.Created)).Text("id"),
            ["members"] = (await (await member.GetAsync("/api/developer/members")).DataAsync())[0].Text("id"),
        };

        foreach (var (_, path, _) in api.Operations.Where(operation => operation.Method == "GET"))
        {
            var parts = path.Split('/');
            for (var index = 1; index < parts.Length; index++)
            {
                parts[index] = parts[index] switch
                {
                    "{id}" => ids[parts[index - 1]],
                    "{short_code}" => link.Text("short_code"),
                    var part => part,
                };
            }

            var isDeveloper = path.StartsWith("/api/developer", StringComparison.Ordinal);
            var status = await AssertSameAsync(isDeveloper ? member : client, string.Join('/', parts) + Queries.GetValueOrDefault(path));
            Assert.True((int)status is 200 or 302, $"{path}: {status}");
        }
    }

    [Theory]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/docs", HttpStatusCode.Found)]
    [InlineData("/docs/", HttpStatusCode.OK)]
    [InlineData("/no-such-link", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/links", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    public async Task PathWithoutKey_AnswersHeadAlike(string path, HttpStatusCode status) =>
        Assert.Equal(status, await AssertSameAsync(service.Client, path));

    [Fact]
    public async Task Error_AnswersHeadAlike()
    {
        var client = (await service.NewWorkspaceAsync()).Client;

        Assert.Equal(HttpStatusCode.BadRequest, await AssertSameAsync(client, "/api/v1/links?limit=0"));
        Assert.Equal(HttpStatusCode.NotFound, await AssertSameAsync(client, "/api/v1/links/x"));
    }

    [Fact]
    public async Task Head_OfCurrentVersion_NotModified()
    {
        var client = (await service.NewWorkspaceAsync()).Client;
        var path = $"/api/v1/links/{(await client.NewLinkAsync()).Text("id")}/qr";
        var tag = (await client.GetAsync(path)).Header("ETag")!;

        Assert.Equal(
            HttpStatusCode.NotModified, (await client.VisitAsync(path, method: HttpMethod.Head, headers: ("If-None-Match", tag))).StatusCode);
    }

    /// <summary>OPTIONS and every other refused method return the same Allow header.</summary>
    [Fact]
    public async Task Allow_IsTheSameForEveryRefusedMethod()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        foreach (var path in api.Operations.GroupBy(operation => operation.Path, operation => operation.Method))
        {
            var allowed = await AllowedAsync("PUT", path.Key);

            Assert.Equal(allowed, await AllowedAsync("OPTIONS", path.Key));
            Assert.Superset(path.ToHashSet(), allowed);
            Assert.Equal(allowed.Contains("GET"), allowed.Contains("HEAD"));
        }
    }

    private async Task<HashSet<string>> AllowedAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(
            new(method), path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
        var response = await service.Client.SendAsync(request);

        Assert.True(response.StatusCode == HttpStatusCode.MethodNotAllowed, $"{method} {path}: {response.StatusCode}");
        return [.. response.Content.Headers.Allow];
    }

    private static async Task<HttpStatusCode> AssertSameAsync(HttpClient client, string path)
    {
        var get = await client.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        var head = await client.SendAsync(request);

        Assert.True(get.StatusCode == head.StatusCode, $"{path}: {get.StatusCode} by GET, {head.StatusCode} by HEAD");
        Assert.Equal(HeadersOf(get), HeadersOf(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        return get.StatusCode;
    }

    /// <summary>
    /// Returns the headers as they were sent, because the client would compute a length. Kestrel sends the length of an empty body only for
    /// GET, and the content security policy has a nonce for each page.
    /// </summary>
    private static List<string> HeadersOf(HttpResponseMessage response) =>
    [
        .. from header in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
           where !OfTheRequest.Contains(header.Key, StringComparer.OrdinalIgnoreCase) && $"{header.Key}: {header.Value}" != "Content-Length: 0"
           orderby header.Key
           select header.Key == "Content-Security-Policy" ? header.Key : $"{header.Key}: {header.Value}",
    ];
}

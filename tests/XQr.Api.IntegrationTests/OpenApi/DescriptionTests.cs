using System.IO.Compression;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

public sealed class DescriptionTests(ServiceFixture service)
{
    /// <summary>As the committed document is written, to be read and compared by people.</summary>
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Lint_FindsNothing()
    {
        var (faultless, output) = await Redocly.LintAsync((await ApiDescription.ReadAsync(service.Client)).Json);

        Assert.True(faultless, output);
    }

    /// <summary>The lint does look into examples: one that its schema forbids is found.</summary>
    [Fact]
    public async Task LintOfExampleWithTypo_FindsIt()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        api.Root["paths"]!["/api/v1/links"]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]!["labelz"] = "x";

        var (faultless, output) = await Redocly.LintAsync(api.Root.ToJsonString());

        Assert.False(faultless);
        Assert.Contains("labelz", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_AreTheEndpointsOfTheApi()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var endpoints = from endpoint in service.Application.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                        let security = SecurityOf(endpoint.Metadata)
                        where security is not null
                        from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                        where method != "HEAD"
                        select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')} {security}";

        var described = from operation in api.Operations
                        let security = operation.Operation["security"]!.AsArray()
                        where security.Count > 0
                        let scheme = security.Single()!.AsObject().Single()
                        select $"{operation.Method} {operation.Path} {scheme.Key} {(string?)scheme.Value!.AsArray().SingleOrDefault()}";

        Assert.Equal(endpoints.Order(), described.Order());
        Assert.NotEmpty(described);

        static string? SecurityOf(EndpointMetadataCollection metadata) =>
            metadata.GetMetadata<RequiredScope>() is { } key ? $"ApiKey {key.Scope}"
            : metadata.GetMetadata<RequiredSignIn>() is { } signIn ? $"SignIn {signIn.Least?.ToString().ToLowerInvariant()}"
            : null;
    }

    [Fact]
    public async Task EveryOperation_HasNameScopeExamplesAndErrors()
    {
        var api = await ApiDescription.ReadAsync(service.Client);

        Assert.All(api.Operations, operation =>
        {
            var (method, path, description) = operation;
            Assert.NotEmpty(description["summary"]!.GetValue<string>());
            Assert.Matches("^[a-z]+([A-Z][a-z]+)+$", description["operationId"]!.GetValue<string>());
            var responses = api.Responses(description).ToDictionary(response => response.Status, response => response.Response);
            Assert.All(responses.Values, HasExamples);
            if (path.StartsWith("/api/v1/", StringComparison.Ordinal))
            {
                var scope = description["security"]![0]!["ApiKey"]![0]!.GetValue<string>();
                Assert.Contains(scope, Scopes.Known);
                Assert.Contains($"`{scope}`", description["description"]!.GetValue<string>(), StringComparison.Ordinal);
                Assert.Superset(new HashSet<string> { "403", "429" }, responses.Keys.ToHashSet());
            }

            if (path.StartsWith("/api/", StringComparison.Ordinal))
            {
                Assert.Superset(new HashSet<string> { "401", "500", "503" }, responses.Keys.ToHashSet());

                // An id may also be in a query or a body.
                Assert.True(responses.ContainsKey("404") || !path.Contains('{', StringComparison.Ordinal));

                // Some operations that are posted take no body.
                var takesBody = description["requestBody"] is not null;
                Assert.True(takesBody ? method is "POST" or "PATCH" : method is not "PATCH");
                Assert.Equal(takesBody, description["requestBody"]?["content"]?["application/json"]?["example"] is not null);
                Assert.Equal(takesBody, responses.ContainsKey("413") && responses.ContainsKey("415") && responses.ContainsKey("400"));
            }
        });

        static void HasExamples(JsonObject response)
        {
            if (response["content"]?["application/json"] is { } json)
            {
                Assert.True(json["example"] is not null || json["examples"]!.AsObject().Count > 0);
            }
        }
    }

    /// <summary>
    /// The description as it was last looked at: a change of the API shows in the review. To renew it, run this test with
    /// <c>XQR_RENEW=1</c> in the environment and commit <c>docs/openapi.json</c>.
    /// </summary>
    [Fact]
    public async Task Description_IsTheCommittedOne()
    {
        var file = Repository.PathOf("docs", "openapi.json");
        var json = (await ApiDescription.ReadAsync(service.Client)).Root.ToJsonString(Indented)
            .Replace(XQrApplication.PublicBaseUrl, "https://xqr.example", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("XQR_RENEW") == "1")
        {
            await File.WriteAllTextAsync(file, json + "\n");
        }

        Assert.True(
            await File.ReadAllTextAsync(file) == json + "\n",
            "The API's description is not docs/openapi.json: if it is right, renew that with XQR_RENEW=1.");
    }

    [Fact]
    public async Task Document_NeedsNoKeyAndIsRevalidated()
    {
        var first = await service.Client.GetAsync("/openapi/v1.json");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", first.Header("Cache-Control"));
        Assert.Equal("nosniff", first.Header("X-Content-Type-Options"));
        Assert.Equal("3.1", (await first.BodyAsync()).Text("openapi")[..3]);
        Assert.Equal(XQrApplication.PublicBaseUrl, (await first.BodyAsync()).GetProperty("servers")[0].Text("url"));
        Assert.Equal(HttpStatusCode.NotModified, (await service.Client.SendAsync(request)).StatusCode);
    }

    /// <summary>Generators of clients read all of it, some at each build.</summary>
    [Fact]
    public async Task Document_IsSmall()
    {
        const int MaxBytesOfAnOperation = 2_600;
        var bytes = await service.Client.GetByteArrayAsync("/openapi/v1.json");
        var operations = (await ApiDescription.ReadAsync(service.Client)).Operations.Count();

        Assert.InRange(bytes.Length, 1, operations * MaxBytesOfAnOperation);
        Assert.DoesNotContain((byte)'\n', bytes);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Document_IsCompressed(string encoding)
    {
        var plain = await service.Client.GetAsync("/openapi/v1.json");
        var packed = await service.Client.VisitAsync("/openapi/v1.json", headers: ("Accept-Encoding", encoding));
        var stream = await packed.Content.ReadAsStreamAsync();
        await using Stream unpacked = encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress) : new GZipStream(
            stream, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);

        Assert.Equal([encoding], packed.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
        Assert.Equal(plain.Headers.ETag, packed.Headers.ETag);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task OperationIds_AreUnique()
    {
        var ids = (await ApiDescription.ReadAsync(service.Client)).Operations.Select(
            operation => (string)operation.Operation["operationId"]!).ToList();

        Assert.Equal(ids.Distinct(StringComparer.OrdinalIgnoreCase), ids);
    }

    /// <summary>
    /// Constructs that code generators do not support: files that are not binary, responses without a body next to those with one, and
    /// several types.
    /// </summary>
    [Fact]
    public async Task Document_IsReadAlikeByGenerators()
    {
        var api = await ApiDescription.ReadAsync(service.Client);

        foreach (var (_, _, operation) in api.Operations)
        {
            var responses = api.Responses(operation).ToList();
            Assert.DoesNotContain(responses, response => response.Status == "304");
            Assert.All(
                responses.Where(response => response.Status == "200").SelectMany(response => response.Response["content"]!.AsObject())
                    .Where(content => content.Key != "application/json"),
                content => Assert.Equal("""{"type":"string","format":"binary"}""", content.Value!["schema"]!.ToJsonString()));
        }

        var details = api.Root["components"]!["schemas"]!["ErrorBody"]!["properties"]!["details"]!.AsObject();
        Assert.All(["anyOf", "oneOf", "type"], name => Assert.False(details.ContainsKey(name)));
    }

    /// <summary>URLs of this service are strictly valid; those that customers enter are as browsers take them.</summary>
    [Fact]
    public async Task FormatUri_IsOnUrlsOfTheServiceOnly()
    {
        var api = await ApiDescription.ReadAsync(service.Client);
        var properties = from schema in api.Root["components"]!["schemas"]!.AsObject()
                         from property in schema.Value!["properties"]?.AsObject() ?? []
                         where (string?)property.Value!["format"] == "uri"
                         select $"{schema.Key}.{property.Key}";

        Assert.Equal(["Asset.public_url", "Link.short_url", "Presign.upload_url"], properties.Order());
        Assert.DoesNotContain(
            api.Root["components"]!["parameters"]!.AsObject(), parameter => (string?)parameter.Value!["schema"]!["format"] == "uri");
    }

    [Theory]
    [InlineData("POST", "/openapi/v1.json")]
    [InlineData("DELETE", "/docs")]
    [InlineData("OPTIONS", "/docs")]
    [InlineData("PUT", "/docs/")]
    public async Task OtherMethod_NotAllowed(string method, string path)
    {
        var response = await service.Client.SendAsync(new HttpRequestMessage(new(method), path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order());
    }
}

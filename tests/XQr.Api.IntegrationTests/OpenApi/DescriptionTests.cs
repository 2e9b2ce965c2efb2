using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

public sealed class DescriptionTests(ServiceFixture service)
{
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
            Assert.Matches(@"^[a-z]+\.[a-z]+$", description["operationId"]!.GetValue<string>());
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

                // An id may also stand in a query or a body.
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
        var json = (await ApiDescription.ReadAsync(service.Client)).Json.Replace(XQrApplication.PublicBaseUrl, "https://xqr.example", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("XQR_RENEW") == "1")
        {
            await File.WriteAllTextAsync(file, json + "\n");
        }

        Assert.True(
            await File.ReadAllTextAsync(file) == json + "\n", "The API's description is not docs/openapi.json: if it is right, renew that with XQR_RENEW=1.");
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

    [Theory]
    [InlineData("POST", "/openapi/v1.json")]
    [InlineData("HEAD", "/openapi/v1.json")]
    [InlineData("DELETE", "/docs")]
    [InlineData("HEAD", "/docs")]
    [InlineData("PUT", "/docs/")]
    public async Task OtherMethod_NotAllowed(string method, string path)
    {
        var response = await service.Client.SendAsync(new HttpRequestMessage(new(method), path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("GET", response.Content.Headers.Allow);
    }
}

using System.Net;
using System.Text;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>The common parts of all responses, and the order of the checks of a request.</summary>
public sealed class EnvelopeTests(ServiceFixture service)
{
    [Fact]
    public async Task EveryAnswer_HasIdAndSafeHeaders()
    {
        var workspace = await service.NewWorkspaceAsync();

        foreach (var path in (string[])["/api/v1/links", "/api/v1/nothing", "/nothing", "/health"])
        {
            var response = await workspace.Client.GetAsync(path);
            Assert.Matches("^req_[0-9a-f]{16}$", response.Header("X-Request-Id"));
            Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
        }
    }

    [Fact]
    public async Task RequestId_IsInEveryLogLineOfTheRequest()
    {
        var workspace = await service.NewWorkspaceAsync();

        var id = (await workspace.Client.GetAsync("/api/v1/links")).Header("X-Request-Id")!;

        Assert.Contains(service.Application.Logs.All, line => line.Contains(id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/linkz")]
    [InlineData("/api/v2/links")]
    [InlineData("/API/v1/links/a/b/c")]
    public async Task UnknownApiPath_NotFoundEvenWithoutKey(string path) =>
        await (await service.Client.GetAsync(path)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");

    [Theory]
    [InlineData("PUT", "/api/v1/links", "GET, HEAD, POST")]
    [InlineData("POST", "/api/v1/links/0190a0b0-0000-7000-8000-000000000000", "DELETE, GET, HEAD, PATCH")]
    public async Task KnownPathOtherMethod_NotAllowedEvenWithoutKey(string method, string path, string allow)
    {
        using var request = new HttpRequestMessage(new(method), path);

        var response = await service.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow.Split(", "), response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task OtherMediaType_Unsupported(string? contentType)
    {
        var workspace = await service.NewWorkspaceAsync();
        using var content = new ByteArrayContent("""{"url":"https://example.com/"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        await (await workspace.Client.PostAsync("/api/v1/links", content)).ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"url\":\"https://example.com/\",\"url\":\"https://example.org/\"}")]
    [InlineData("{\"url\":\"https://example.com/\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"url\":\"https://example.com/\",}")]
    public async Task NotAJsonObject_Invalid(string body)
    {
        var workspace = await service.NewWorkspaceAsync();

        await (await workspace.Client.PostJsonAsync("/api/v1/links", body)).ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
    }

    [Fact]
    public async Task NotUtf8_Invalid()
    {
        var workspace = await service.NewWorkspaceAsync();
        using var content = new ByteArrayContent([.. "{\"url\":\"https://example.com/"u8, 0xFF, 0xFE, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        await (await workspace.Client.PostAsync("/api/v1/links", content)).ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BodyOverOneMebibyte_TooLarge(bool lengthIsTold)
    {
        var workspace = await service.NewWorkspaceAsync();
        using var content = Answers.Json($$"""{"url":"https://example.com/{{new string('a', 1024 * 1024)}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/links") { Content = content };
        request.Headers.TransferEncodingChunked = !lengthIsTold;

        await (await workspace.Client.SendAsync(request)).ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task FreePlan_HasNoApi()
    {
        var workspace = await service.NewWorkspaceAsync();
        await workspace.Client.GetAsync("/api/v1/links");
        var time = new OffsetTime();
        await using var other = await service.StartAnotherAsync(services: time.Register);
        using var client = other.NewClient(workspace.Key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/links")).StatusCode);

        await service.Application.Service<WorkspaceStore>().SetPlanAsync(workspace.Id, Plan.Free, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(10));

        var response = await client.GetAsync("/api/v1/links");
        await response.ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        Assert.Equal("0", response.Header("X-RateLimit-Limit"));
    }

    /// <summary>Each request has the error of its step and of all later steps. The response has the first one.</summary>
    [Fact]
    public async Task ErrorsOfManyKinds_TheFirstIsReported()
    {
        var workspace = await service.NewWorkspaceAsync();
        using var reader = service.Application.NewClient(await service.Application.NewKeyAsync(workspace.Id, "links:read"));
        var unknown = $"/api/v1/links/{Guid.NewGuid()}";

        await (await service.Client.PostAsync("/api/v1/nothing", Text("x"))).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await service.Client.PutAsync(unknown, Text("x"))).ErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        await (await service.Client.PatchAsync(unknown, Text("x"))).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        await (await reader.PatchAsync(unknown, Text("x"))).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        await (await workspace.Client.PatchAsync(unknown, Text(new string('x', 1024 * 1024 + 1))))
            .ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await workspace.Client.PatchJsonAsync(unknown, new string('x', 1024 * 1024 + 1)))
            .ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        await (await workspace.Client.PatchJsonAsync(unknown, "x")).ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
        await (await workspace.Client.PatchJsonAsync(unknown, """{"url":1}""")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await workspace.Client.PatchJsonAsync(unknown, "{}")).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");

        static StringContent Text(string text) => new(text, Encoding.UTF8, "text/plain");
    }
}

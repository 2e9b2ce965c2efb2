using System.Net;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>A parameter that would change nothing is refused, by every operation there is.</summary>
public sealed class ParameterTests(ServiceFixture service)
{
    [Fact]
    public async Task EveryOperation_RefusesUnknownAndRepeatedParameters()
    {
        var workspace = await service.NewWorkspaceAsync();
        var owner = await service.NewOwnedWorkspaceAsync();
        var operations = service.Application.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<RequiredScope>() is not null || endpoint.Metadata.GetMetadata<RequiredSignIn>() is not null).ToList();
        Assert.True(operations.Count >= 40);
        var json = service.Application.Service<ApiJson>();

        foreach (var operation in operations)
        {
            var method = operation.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            var client = operation.Metadata.GetMetadata<RequiredScope>() is null ? owner.Client : workspace.Client;
            var path = operation.RoutePattern.RawText!.TrimEnd('/').Replace("{id}", $"{Guid.NewGuid()}", StringComparison.Ordinal);
            string[] known = [.. operation.Metadata.GetOrderedMetadata<QueryFields>()
                .SelectMany(fields => json.Options.GetTypeInfo(fields.Type).Properties)
                .Where(property => property.Get is not null)
                .Select(property => property.Name)];

            await RefusesAsync(client, method, $"{path}?surely_unknown=1", ["surely_unknown"]);
            if (known is [var first, ..])
            {
                await RefusesAsync(client, method, $"{path}?{first}=1&{first}=1", [first]);
            }

            Assert.DoesNotContain("total", known);
        }
    }

    [Theory]
    [InlineData("analytics/summary?label=a", "label", "period")]
    [InlineData("links?sort=created", "sort", "label")]
    [InlineData("links?lable=a", "lable", "did you mean label?")]
    [InlineData("links/x/qr?dot_style=dots", "dot_style", "format")]
    [InlineData("analytics/export?period=7d", "period", "from_date")]
    [InlineData("qr/render?data=a&dotstyle=dots", "dotstyle", "did you mean dot_style?")]
    [InlineData("qr/render?data=a&zzzzzzzzz=1", "zzzzzzzzz", "the closest is")]
    [InlineData("workspace?x=1", "x", "takes none")]
    [InlineData("links?label=a&label=b", "label", "only once")]
    public async Task Message_NamesTheParameterAndTheClosestOne(string path, string field, string expected)
    {
        var workspace = await service.NewWorkspaceAsync();

        var error = await (await workspace.Client.GetAsync($"/api/v1/{path}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal([field], error.Fields());
        Assert.Contains(expected, error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("links?_=1&_=2&utm_source=a&UTM_medium=b")]
    [InlineData("workspace?utm_source=a")]
    [InlineData("qr/render?data=a&_=123&utm_source=a")]
    [InlineData("links?enabled=True&limit=1")]
    [InlineData("links?enabled=0")]
    [InlineData("analytics/summary?include_bots=FALSE")]
    [InlineData("qr/render?type=wifi&ssid=a&hidden=1")]
    public async Task MarksOfCampaignsAndEverySpellingOfABoolean_AreAccepted(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await (await service.NewWorkspaceAsync()).Client.GetAsync($"/api/v1/{path}")).StatusCode);

    [Fact]
    public async Task Parameters_AreCheckedAfterKeyMediaTypeAndJson()
    {
        var workspace = await service.NewWorkspaceAsync();
        using var reader = service.Application.NewClient(await service.Application.NewKeyAsync(workspace.Id, "qr:read"));
        const string Path = "/api/v1/links?x=1";

        await (await service.Client.PostJsonAsync(Path, "{")).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        await (await reader.PostJsonAsync(Path, "{")).ErrorAsync(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        await (await workspace.Client.PostAsync(Path, new StringContent("{")))
            .ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await workspace.Client.PostJsonAsync(Path, "{")).ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
        await (await workspace.Client.GetAsync($"/api/v1/links/{Guid.NewGuid()}?x=1")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    private static async Task RefusesAsync(HttpClient client, string method, string path, string[] fields)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = method is "POST" or "PATCH" ? Answers.Json("{}") : null };
        using var response = await client.SendAsync(request);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{method} {path}: {(int)response.StatusCode}");
        Assert.Equal(fields, (await response.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
    }
}

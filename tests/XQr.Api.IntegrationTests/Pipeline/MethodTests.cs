using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using XQr.Testing;
using XQr.Testing.Network;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>A path's methods are its own: no sibling with an id in its place takes others for it.</summary>
public sealed class MethodTests(ServiceFixture service)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    [Fact]
    public async Task PathThatASiblingMatchesToo_NotAllowedWithItsOwnMethods()
    {
        var routes = service.Application.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
            .ToLookup(
                endpoint => endpoint.RoutePattern.RawText!.TrimEnd('/'),
                endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);
        string[] shadowed = [.. routes.Select(route => route.Key)
            .Where(path => !path.Contains('{', StringComparison.Ordinal))
            .Where(path => routes.Any(other => other.Key != path && Matches(other.Key, path)))];
        Assert.Contains("/api/v1/links/bulk", shadowed);
        Assert.Contains("/api/v1/assets/presign", shadowed);

        foreach (var path in shadowed)
        {
            foreach (var method in Methods.Except(routes[path]))
            {
                using var response = await service.Client.SendAsync(new(new(method), path));
                Assert.True(response.StatusCode == HttpStatusCode.MethodNotAllowed, $"{method} {path}: {(int)response.StatusCode}");
                Assert.Equal(routes[path].Order(), response.Content.Headers.Allow.Order());
            }
        }
    }

    [Theory]
    [InlineData("get", "/api/v1/links", "GET, HEAD, POST")]
    [InlineData("Delete", "/api/v1/links/bulk", "PATCH, POST")]
    [InlineData("get", "/some-code", "GET, HEAD")]
    [InlineData("get", "/health", "GET, HEAD")]
    public async Task MethodInSmallLetters_NotAllowed(string method, string path, string allow)
    {
        var answer = await RawRequest.SendAsync(
            service.Application.Address, $"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        var sent = answer.Split("\r\n").Single(line => line.StartsWith("Allow: ", StringComparison.Ordinal))["Allow: ".Length..];
        Assert.Equal(allow.Split(", "), sent.Split(", ").Order());
        Assert.Contains("\"METHOD_NOT_ALLOWED\"", answer, StringComparison.Ordinal);
        Assert.Contains("capitals", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MethodInSmallLettersOfNoPath_NotFound() => Assert.StartsWith(
        "HTTP/1.1 404 ",
        await RawRequest.SendAsync(
            service.Application.Address,
            "get /api/v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            TestContext.Current.CancellationToken),
        StringComparison.Ordinal);

    private static bool Matches(string pattern, string path) => new Microsoft.AspNetCore.Routing.Template.TemplateMatcher(
        new(RoutePatternFactory.Parse(pattern)), []).TryMatch(path, []);
}

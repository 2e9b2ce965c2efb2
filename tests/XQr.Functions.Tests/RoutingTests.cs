using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using XQr.Functions.Tests.Routing;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>Host, worker and application must route each path to the same function, or the request gets no response.</summary>
public sealed class RoutingTests(AppFixture fixture)
{
    private IReadOnlyList<string> Paths =>
        SamplePaths.For(TriggerFunction.All.Select(function => function.Route), fixture.Link.Id, fixture.Link.ShortCode);

    [Fact]
    public void Paths_AreMany() => Assert.True(Paths.Distinct().Count() >= 200);

    [Fact]
    public async Task HostAndWorker_SelectTheFunctionOfTheRoute()
    {
        foreach (var path in Paths)
        {
            var host = await fixture.Host.ChooseAsync(path);
            var worker = await fixture.Worker.ChooseAsync(path);
            var expected = await FunctionForAsync(path);

            Assert.True(expected.Route == worker?.Route, $"{path}: expected {expected.Name}, the worker selects {worker?.Route ?? "none"}");
            Assert.True(expected == host || HostRejects(path), $"{path}: expected {expected.Name}, the host selects {host?.Name ?? "none"}");
        }
    }

    /// <summary>The host responds to such a path itself with 404, so the application must not have anything there.</summary>
    [Fact]
    public async Task EmptyFirstSegment_IsNotFound()
    {
        foreach (var path in Paths.Where(HostRejects))
        {
            using var response = await fixture.Workspace.Client.SendAsync(Request("GET", path));

            Assert.True(await fixture.Host.ChooseAsync(path) is null, path);
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{path}: {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task Triggers_RespondAsKestrel()
    {
        foreach (var path in Paths.Where(path => !HostRejects(path)))
        {
            await AssertSameResponseAsync("GET", path);
        }
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task OtherMethods_RespondAsKestrel(string method)
    {
        string[] paths =
        [
            "/", "/abc", "/health", "/api/v1/links", $"/api/v1/links/{fixture.Link.Id}", $"/api/v1/links/{fixture.Link.Id}/qr", "/api/v1/links/x",
            "/api/v1/links/bulk", "/api/v1/links/bulk/status", "/api/v1/links/bulk/delete", "/api/developer/keys",
            "/api/developer/keys/x/rotate",
        ];
        foreach (var path in paths)
        {
            await AssertSameResponseAsync(method, path);
        }
    }

    /// <summary>Returns the function of a path: the fallback if no route matches or an id is not a GUID.</summary>
    private async Task<TriggerFunction> FunctionForAsync(string path)
    {
        if (await fixture.Api.ChooseAsync(path) is not var (route, values))
        {
            return TriggerFunction.Fallback;
        }

        var function = TriggerFunction.All.Single(function => TriggerFunction.ShapeOf(function.Route) == TriggerFunction.ShapeOf(route));
        var policies = RoutePatternFactory.Parse(function.Route).ParameterPolicies.Values.SelectMany(policies => policies);
        return policies.Any(policy => policy.Content == "guid") && !Guid.TryParse((string?)values["id"], out _) ? TriggerFunction.Fallback : function;
    }

    /// <summary>Returns true if the first segment is empty, which no classic route of the host matches, not even <c>{*path}</c>.</summary>
    private static bool HostRejects(string path) => path.StartsWith("//", StringComparison.Ordinal);

    /// <summary>Creates a request without normalization of dots, slashes and percent signs in the path.</summary>
    private HttpRequestMessage Request(string method, string path)
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        return new(new(method), new Uri(fixture.Application.Address.GetLeftPart(UriPartial.Authority) + path, options));
    }

    private async Task AssertSameResponseAsync(string method, string path)
    {
        using var kestrel = await fixture.Workspace.Client.SendAsync(Request(method, path));
        var trigger = await RunTriggerAsync(method, path);

        Assert.True(
            (int)kestrel.StatusCode == trigger.StatusCode,
            $"{method} {path}: Kestrel {(int)kestrel.StatusCode}, trigger {trigger.StatusCode}");
        Assert.Equal(kestrel.Content.Headers.ContentType?.ToString(), trigger.ContentType);
        Assert.Equal(kestrel.Header("Location"), (string?)trigger.Headers.Location);
        Assert.Equal(kestrel.Header("Allow"), (string?)trigger.Headers.Allow);
    }

    /// <summary>Runs a function as the worker does: with the endpoint and the route values of the function.</summary>
    private async Task<HttpResponse> RunTriggerAsync(string method, string path)
    {
        await using var scope = fixture.Services.CreateAsyncScope();
        var context = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            Request = { Method = method, Scheme = "http", Host = new("xqr.test"), Path = PathString.FromUriComponent(path) },
            Response = { Body = new MemoryStream() },
        };
        context.Request.Headers.Authorization = $"Bearer {fixture.Workspace.Key}";
        context.Request.RouteValues["link_id"] = "set by the worker";
        context.SetEndpoint(new Endpoint(
            _ => throw new InvalidOperationException("The endpoint of the worker was run."), EndpointMetadataCollection.Empty, "The function"));
        var function = (await fixture.Host.ChooseAsync(path))!;
        await function.RunAsync(fixture.Pipeline, context.Request);
        Assert.DoesNotContain("link_id", context.Request.RouteValues.Keys);
        return context.Response;
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using XQr.Functions.Tests.Routing;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>Host, worker and application, asked the same: a request on which host and worker disagree is never answered.</summary>
public sealed class RoutingTests(AppFixture fixture)
{
    private IReadOnlyList<string> Paths => SamplePaths.For(TriggerFunction.All.Select(function => function.Route), fixture.Link.Id, fixture.Link.ShortCode);

    [Fact]
    public void Paths_AreMany() => Assert.True(Paths.Distinct().Count() >= 200);

    [Fact]
    public async Task HostAndWorker_PickTheSameFunction_ForTheApplicationsRoute()
    {
        foreach (var path in Paths)
        {
            var host = await fixture.Host.ChooseAsync(path);
            var worker = await fixture.Worker.ChooseAsync(path);
            var wanted = await FunctionForAsync(path);

            Assert.True(wanted.Route == worker?.Route, $"{path}: the application wants {wanted.Name}, the worker picks {worker?.Route ?? "none"}");
            Assert.True(wanted == host || HostRefuses(path), $"{path}: the application wants {wanted.Name}, the host picks {host?.Name ?? "none"}");
        }
    }

    /// <summary>The host answers such a path itself, by a 404 without a body; so nothing that is found may have one.</summary>
    [Fact]
    public async Task EmptyFirstSegment_IsFoundNowhere()
    {
        foreach (var path in Paths.Where(HostRefuses))
        {
            using var response = await fixture.Workspace.Client.SendAsync(Request("GET", path));

            Assert.True(await fixture.Host.ChooseAsync(path) is null, path);
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{path}: {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task Triggers_AnswerAsKestrelDoes()
    {
        foreach (var path in Paths.Where(path => !HostRefuses(path)))
        {
            await AssertSameAnswerAsync("GET", path);
        }
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task OtherMethods_AnswerAsKestrelDoes(string method)
    {
        foreach (var path in (string[])["/", "/api/v1/links", $"/api/v1/links/{fixture.Link.Id}", $"/api/v1/links/{fixture.Link.Id}/qr", "/api/v1/links/bulk", "/api/v1/links/bulk/status", "/health", "/abc", "/api/v1/links/x", "/api/developer/keys", "/api/developer/keys/x/rotate"])
        {
            await AssertSameAnswerAsync(method, path);
        }
    }

    /// <summary>The function of the application's route; the fallback where none matches, or an id is none to the function.</summary>
    private async Task<TriggerFunction> FunctionForAsync(string path)
    {
        if (await fixture.Api.ChooseAsync(path) is not var (route, values))
        {
            return TriggerFunction.Fallback;
        }

        var function = TriggerFunction.All.Single(function => TriggerFunction.ShapeOf(function.Route) == TriggerFunction.ShapeOf(route));
        var wantsId = RoutePatternFactory.Parse(function.Route).ParameterPolicies.Values.Any(policies => policies.Any(policy => policy.Content == "guid"));
        return wantsId && !Guid.TryParse((string?)values["id"], out _) ? TriggerFunction.Fallback : function;
    }

    /// <summary>Classic routes, as the host has them, match no path whose first segment is empty, not even by <c>{*path}</c>.</summary>
    private static bool HostRefuses(string path) => path.StartsWith("//", StringComparison.Ordinal);

    /// <summary>A request for the path as it is written: dots, slashes and percent signs are not put right.</summary>
    private HttpRequestMessage Request(string method, string path) => new(
        new(method),
        new Uri(fixture.Application.Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    private async Task AssertSameAnswerAsync(string method, string path)
    {
        using var kestrel = await fixture.Workspace.Client.SendAsync(Request(method, path));
        var trigger = await RunTriggerAsync(method, path);

        Assert.True((int)kestrel.StatusCode == trigger.StatusCode, $"{method} {path}: Kestrel {(int)kestrel.StatusCode}, trigger {trigger.StatusCode}");
        Assert.Equal(kestrel.Content.Headers.ContentType?.ToString(), trigger.ContentType);
        Assert.Equal(kestrel.Header("Location"), (string?)trigger.Headers.Location);
        Assert.Equal(kestrel.Header("Allow"), (string?)trigger.Headers.Allow);
    }

    /// <summary>As the worker calls it: routed to the function, with the values of that route.</summary>
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
        context.Request.RouteValues["link_id"] = "left by the worker";
        context.SetEndpoint(new Endpoint(_ => throw new InvalidOperationException("The worker's endpoint was run."), EndpointMetadataCollection.Empty, "The function"));
        var function = (await fixture.Host.ChooseAsync(path))!;
        await function.RunAsync(fixture.Pipeline, context.Request);
        Assert.DoesNotContain("link_id", context.Request.RouteValues.Keys);
        return context.Response;
    }
}

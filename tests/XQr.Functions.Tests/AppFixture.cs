using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using XQr.Functions.Tests.Routing;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>Starts the application on Kestrel, the triggers with the same services, and the three routers that must agree.</summary>
public sealed partial class AppFixture : IAsyncLifetime
{
    private const string Dashboard = "dashboard";

    private readonly ServiceFixture service = new();

    public XQrApplication Application { get; private set; } = null!;

    public IServiceProvider Services { get; private set; } = null!;

    public TestWorkspace Workspace { get; private set; } = null!;

    /// <summary>Gets the pipeline that the triggers run.</summary>
    public XQrPipeline Pipeline { get; private set; } = null!;

    /// <summary>Gets the distinct routes of the endpoints, without slashes at the ends.</summary>
    internal IReadOnlyList<string> Routes { get; private set; } = [];

    /// <summary>Gets the router of the Functions host.</summary>
    internal HostRouter Host { get; private set; } = null!;

    /// <summary>Gets the router of the worker.</summary>
    internal EndpointRouter Worker { get; private set; } = null!;

    /// <summary>Gets the router of the application.</summary>
    internal EndpointRouter Api { get; private set; } = null!;

    /// <summary>Gets the id of a link and its short code.</summary>
    internal (string Id, string ShortCode) Link { get; private set; }

    /// <summary>Starts another instance on the same storage.</summary>
    public Task<XQrApplication> StartAnotherAsync() => service.StartAnotherAsync();

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();

        // The tests send many requests, and rate limits are not what they compare.
        Application = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Enterprise:BurstPerSecond"] = "100000" });
        Services = Application.Service<IServiceProvider>();
        Routes =
        [
            .. Application.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(RouteOf).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(route => !IsFileOfDocs(route)),
        ];
        Host = new(TriggerFunction.All, Services);
        Worker = new(TriggerFunction.All.Select(function => function.Route), Services);
        Api = new(Routes, Services);
        Pipeline = new(Services);
        Workspace = await Application.NewWorkspaceAsync();
        var link = await Workspace.Client.NewLinkAsync();
        Link = (link.Text("id"), link.Text("short_code"));
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        await service.DisposeAsync();
    }

    /// <summary>Returns true for the files of the documentation page, which the fallback handles.</summary>
    private static bool IsFileOfDocs(string route) => route.StartsWith("docs/", StringComparison.Ordinal);

    /// <summary>
    /// Returns the route of an endpoint, without an optional parameter: <c>docs</c> for <c>/docs/{documentName?}</c>. One function handles
    /// all pages of the dashboard.
    /// </summary>
    private static string RouteOf(RouteEndpoint endpoint)
    {
        var route = OptionalEnd().Replace(endpoint.RoutePattern.RawText!, "").Trim('/');
        return route == Dashboard || route.StartsWith($"{Dashboard}/", StringComparison.Ordinal) ? $"{Dashboard}/{{*path}}" : route;
    }

    [GeneratedRegex(@"/\{\w+\?\}$")]
    private static partial Regex OptionalEnd();
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using XQr.Functions.Tests.Routing;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>The application on Kestrel, the triggers over the same services, and the three routers that must agree.</summary>
public sealed partial class AppFixture : IAsyncLifetime
{
    private readonly ServiceFixture service = new();

    public XQrApplication Application { get; private set; } = null!;

    public IServiceProvider Services { get; private set; } = null!;

    public TestWorkspace Workspace { get; private set; } = null!;

    /// <summary>Runs what the triggers run.</summary>
    public XQrPipeline Pipeline { get; private set; } = null!;

    /// <summary>The routes of the application's endpoints, each once, without a slash at either end.</summary>
    internal IReadOnlyList<string> Routes { get; private set; } = [];

    /// <summary>As the Functions host picks a function.</summary>
    internal HostRouter Host { get; private set; } = null!;

    /// <summary>As the worker picks a function.</summary>
    internal EndpointRouter Worker { get; private set; } = null!;

    /// <summary>As the application picks an endpoint, by its route.</summary>
    internal EndpointRouter Api { get; private set; } = null!;

    /// <summary>The id of a link, and its short code.</summary>
    internal (string Id, string ShortCode) Link { get; private set; }

    /// <summary>An instance of a test's own on the same storage.</summary>
    public Task<XQrApplication> StartAnotherAsync() => service.StartAnotherAsync();

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();

        // Every path is asked for on either way, as fast as it goes: limits are not what is compared.
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

    /// <summary>The page's own files, and its pages of other documents, come by the fallback.</summary>
    private static bool IsFileOfDocs(string route) => route.StartsWith("docs/", StringComparison.Ordinal);

    /// <summary>Returns the route of an endpoint, without the part that may be left out: <c>docs</c> of <c>/docs/{documentName?}</c>.</summary>
    private static string RouteOf(RouteEndpoint endpoint) => OptionalEnd().Replace(endpoint.RoutePattern.RawText!, "").Trim('/');

    [GeneratedRegex(@"/\{\w+\?\}$")]
    private static partial Regex OptionalEnd();
}

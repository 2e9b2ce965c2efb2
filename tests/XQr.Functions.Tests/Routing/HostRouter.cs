using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace XQr.Functions.Tests.Routing;

/// <summary>
/// Selects a function as the Functions host does. The host (azure-functions-host, <c>WebScriptHostHttpRoutesManager</c>) adds a classic route
/// for each function to a collection, sorted by name and regardless of case (<c>FunctionMetadataManager</c>). The first match is selected,
/// even if a later one is more specific. Only a trigger with a list of methods has a constraint on methods.
/// </summary>
internal sealed class HostRouter
{
    private readonly RouteCollection routes = new();
    private readonly IServiceProvider services;

    public HostRouter(IEnumerable<TriggerFunction> functions, IServiceProvider services)
    {
        this.services = services;
        var constraints = services.GetRequiredService<IInlineConstraintResolver>();
        foreach (var function in functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            var target = new Target(function);
            routes.Add(new Route(target, function.Name, function.Route, defaults: null, constraints: null, dataTokens: null, constraints));
        }
    }

    /// <summary>Returns the function of a path, or null if none matches.</summary>
    public async Task<TriggerFunction?> ChooseAsync(string path)
    {
        var context = new DefaultHttpContext { RequestServices = services, Request = { Method = "GET", Path = PathString.FromUriComponent(path) } };
        await routes.RouteAsync(new RouteContext(context));
        return context.Features.Get<TriggerFunction>();
    }

    private sealed class Target(TriggerFunction function) : IRouter
    {
        public Task RouteAsync(RouteContext context)
        {
            context.HttpContext.Features.Set(function);
            context.Handler = _ => Task.CompletedTask;
            return Task.CompletedTask;
        }

        public VirtualPathData? GetVirtualPath(VirtualPathContext context) => null;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace XQr.Functions.Tests.Routing;

/// <summary>
/// Picks a function as the Functions host does. The host (azure-functions-host, <c>WebScriptHostHttpRoutesManager</c>) adds a classic route
/// for each function to a collection, in the order in which <c>FunctionMetadataManager</c> has sorted them: by name, without regard to
/// case. The first that matches is taken, however particular a later one may be. Only a trigger with a method list gets a constraint on methods.
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
            routes.Add(new Route(new Target(function), function.Name, function.Route, defaults: null, constraints: null, dataTokens: null, constraints));
        }
    }

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

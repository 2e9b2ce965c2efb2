using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace XQr.Functions.Tests.Routing;

/// <summary>Selects a route with endpoint routing, as the worker and the application do: the most specific route that matches.</summary>
internal sealed class EndpointRouter
{
    private readonly IServiceProvider services;
    private readonly RequestDelegate app;

    public EndpointRouter(IEnumerable<string> routes, IServiceProvider services)
    {
        this.services = services;
        var builder = new ApplicationBuilder(services);
        builder.UseRouting().UseEndpoints(endpoints =>
        {
            foreach (var route in routes)
            {
                endpoints.Map(route, _ => Task.CompletedTask);
            }
        });
        app = builder.Build();
    }

    /// <summary>Returns the route with the values of its parameters, or null if none matches.</summary>
    public async Task<(string Route, RouteValueDictionary Values)?> ChooseAsync(string path)
    {
        var context = new DefaultHttpContext { RequestServices = services, Request = { Method = "GET", Path = PathString.FromUriComponent(path) } };
        await app(context);
        return context.GetEndpoint() is RouteEndpoint endpoint ? (endpoint.RoutePattern.RawText!, context.Request.RouteValues) : null;
    }
}

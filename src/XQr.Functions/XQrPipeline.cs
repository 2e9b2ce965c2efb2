using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Api;
using XQr.Dashboard;

namespace XQr.Functions;

/// <summary>Runs the middleware and endpoints of the application. Every trigger runs the same pipeline.</summary>
/// <param name="services">The services of the worker.</param>
public sealed class XQrPipeline(IServiceProvider services)
{
    private readonly RequestDelegate app = new ApplicationBuilder(services).UseXQrDashboard().UseXQr().Build();

    /// <summary>
    /// Runs an internal request that matches no endpoint and calls no storage. It builds routes, handlers and middleware, so that the first
    /// visitor does not wait for them.
    /// </summary>
    /// <returns>A task that represents the operation.</returns>
    public Task PrepareAsync()
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = "/api/v1";
        return app(context);
    }

    /// <summary>Runs the pipeline for a request.</summary>
    /// <param name="request">The request of the trigger.</param>
    /// <returns>A task that represents the operation.</returns>
    public Task RunAsync(HttpRequest request)
    {
        // The worker has already routed to the function. Its endpoint would replace the routing of the application.
        request.HttpContext.SetEndpoint(null);
        request.RouteValues.Clear();
        return app(request.HttpContext);
    }
}

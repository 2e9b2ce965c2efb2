using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Api;

namespace XQr.Functions;

/// <summary>The application's middleware and endpoints, built once and run by every trigger.</summary>
/// <param name="services">The worker's services.</param>
public sealed class XQrPipeline(IServiceProvider services)
{
    private readonly RequestDelegate app = new ApplicationBuilder(services).UseXQr().Build();

    /// <summary>
    /// Runs an internal request that matches no endpoint and needs no storage. The first request builds routes, handlers and middleware, so
    /// visitors do not wait for that.
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
        // The worker has routed to the function already. Its endpoint would replace the application's own routing.
        request.HttpContext.SetEndpoint(null);
        request.RouteValues.Clear();
        return app(request.HttpContext);
    }
}

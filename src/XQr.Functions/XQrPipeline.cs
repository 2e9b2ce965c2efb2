using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Api;

namespace XQr.Functions;

/// <summary>The application's middleware and endpoints, built once: what every trigger runs, and all that it runs.</summary>
/// <param name="services">The worker's services.</param>
public sealed class XQrPipeline(IServiceProvider services)
{
    private readonly RequestDelegate app = new ApplicationBuilder(services).UseXQr().Build();

    /// <summary>
    /// Answers a request of its own that no endpoint takes and that needs no storage. Routes, their handlers and the middleware are built by
    /// the first request, which is to be this one and not a visitor's.
    /// </summary>
    /// <returns>A task that represents the operation.</returns>
    public Task PrepareAsync()
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = "/api/v1";
        return app(context);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">As the trigger has it.</param>
    /// <returns>A task that ends with the answer.</returns>
    public Task RunAsync(HttpRequest request)
    {
        // The worker has routed to the function already; what it found would stand for the application's own routing.
        request.HttpContext.SetEndpoint(null);
        request.RouteValues.Clear();
        return app(request.HttpContext);
    }
}

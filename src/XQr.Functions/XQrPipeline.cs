using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Api;

namespace XQr.Functions;

/// <summary>The application's middleware and endpoints, built once: what every trigger runs, and all that it runs.</summary>
/// <param name="services">The worker's services.</param>
public sealed class XQrPipeline(IServiceProvider services)
{
    private readonly RequestDelegate app = new ApplicationBuilder(services).UseXQr().Build();

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

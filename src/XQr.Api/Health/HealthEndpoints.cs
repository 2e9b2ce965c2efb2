using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Health;

/// <summary>The health of the service.</summary>
/// <param name="Status">The state: <c>ok</c> or <c>storage_unavailable</c>.</param>
internal sealed record HealthResponse(string Status)
{
    public static HealthResponse Ok { get; } = new("ok");

    public static HealthResponse StorageUnavailable { get; } = new("storage_unavailable");
}

/// <summary>The endpoints for health checks.</summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage", timeout: TimeSpan.FromSeconds(4));
        return services.AddJson(HealthJson.Default);
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("/health").WithTag("Health", "Checks for load balancers and monitors, which need no key.");
        health.MapGet("/", ReadyAsync)
            .AnswersPlain(HealthResponse.Ok)
            .AnswersPlain(HealthResponse.StorageUnavailable, StatusCodes.Status503ServiceUnavailable, "Storage does not respond.");
        health.MapGet("/live", Live)
            .AnswersPlain(HealthResponse.Ok);
    }

    /// <summary>Check that the service runs and storage answers</summary>
    internal static async Task<JsonHttpResult<HealthResponse>> ReadyAsync(
        HttpContext context, HealthCheckService health, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(cancellationToken);
        return report.Status == HealthStatus.Healthy
            ? Respond(context, StatusCodes.Status200OK, HealthResponse.Ok)
            : Respond(context, StatusCodes.Status503ServiceUnavailable, HealthResponse.StorageUnavailable);
    }

    /// <summary>Check that the service runs</summary>
    internal static JsonHttpResult<HealthResponse> Live(HttpContext context) => Respond(context, StatusCodes.Status200OK, HealthResponse.Ok);

    private static JsonHttpResult<HealthResponse> Respond(HttpContext context, int status, HealthResponse response)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(response, HealthJson.Api.HealthResponse, statusCode: status);
    }
}

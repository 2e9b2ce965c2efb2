using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics;
using XQr.Api.Assets;
using XQr.Api.Background;
using XQr.Api.Developers;
using XQr.Api.Developers.SignIn;
using XQr.Api.Diagnostics;
using XQr.Api.Health;
using XQr.Api.Links;
using XQr.Api.OpenApi;
using XQr.Api.Outbound;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.Idempotency;
using XQr.Api.Pipeline.Keys;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Qr;
using XQr.Api.Redirects;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Urls;
using XQr.Api.Work;
using XQr.Api.Workspaces;

namespace XQr.Api;

/// <summary>Adds the application to a host.</summary>
public static class XQrApi
{
    /// <summary>Adds the application's services.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration; the application reads its section <c>Xqr</c>.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddXQr(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<XQrOptions>().BindConfiguration(XQrOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<XQrOptions>, XQrOptionsValidator>();
        services.AddSingleton<PublicUrls>();
        services.AddRouting();

        // Background services contain their failures. Should one fail nonetheless, redirects go on, and the log has an error.
        services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        return services.AddTelemetry(configuration).AddStorage().AddBackground().AddWork().AddPipeline().AddKeys().AddRateLimits().AddIdempotency()
            .AddHealth().AddTenancy().AddWorkspaces().AddDevelopers().AddLinks().AddAssets().AddOutbound().AddQr().AddAnalytics()
            .AddRedirects().AddApiDescription();
    }

    /// <summary>Adds the services that do background work, for hosts that have no queue trigger and no timer of their own.</summary>
    /// <param name="services">The host's services, with the application's.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddXQrWork(this IServiceCollection services) =>
        services.AddHostedService<WorkService>().AddHostedService<WorkSweepService>();

    /// <summary>Does the background work of a message of the queue <c>work</c>. A host without <c>AddXQrWork</c> calls it for each message.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="message">The text of the message.</param>
    /// <param name="tries">How often the message was received, this time included.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A task that ends with the work. If it fails, the message must be tried again, five times in all.</returns>
    public static Task RunXQrWorkAsync(this IServiceProvider services, string message, long tries, CancellationToken cancellationToken) =>
        services.GetRequiredService<WorkRunner>().RunAsync(message, tries, cancellationToken);

    /// <summary>Looks for lost work and for work whose time has come. A host without <c>AddXQrWork</c> calls it each minute.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A task that ends with the sweep.</returns>
    public static Task RunXQrWorkSweepAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<WorkSweep>().RunAsync(cancellationToken);

    /// <summary>Adds the application's middleware and endpoints, in the order in which a request meets them. Nothing may come after it.</summary>
    /// <param name="app">The host's pipeline.</param>
    /// <returns><paramref name="app"/>.</returns>
    public static IApplicationBuilder UseXQr(this IApplicationBuilder app) => app
        .UseMiddleware<RequestIdMiddleware>()
        .UseMiddleware<SecurityHeadersMiddleware>()
        .UseMiddleware<FailureMiddleware>()
        .UseStatusCodePages(FallbackResponses.WriteAsync)
        .UseMiddleware<MethodMiddleware>()
        .UseRouting()
        .UseWhen(Compression.IsWanted, compressed => compressed.UseResponseCompression())
        .UseMiddleware<DeadlineMiddleware>()
        .UseMiddleware<ApiKeyMiddleware>()
        .UseMiddleware<SignInMiddleware>()
        .UseMiddleware<LimitsMiddleware>()
        .UseMiddleware<BodyMiddleware>()
        .UseMiddleware<ParametersMiddleware>()
        .UseMiddleware<IdempotencyMiddleware>()
        .UseEndpoints(MapXQr);

    private static void MapXQr(IEndpointRouteBuilder host)
    {
        var endpoints = host.MapGroup("").AnswerHead();
        endpoints.MapLinks();
        endpoints.MapLinkBulk();
        endpoints.MapQr();
        endpoints.MapAnalytics();
        endpoints.MapWorkspace();
        endpoints.MapAssets();
        endpoints.MapAssetContent();
        endpoints.MapDevelopers();
        endpoints.MapRedirects();
        endpoints.MapHealth();
        endpoints.MapApiDescription();
    }
}

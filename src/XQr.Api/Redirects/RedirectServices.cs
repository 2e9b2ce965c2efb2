using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XQr.Api.Redirects.Geo;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

/// <summary>Registers the services of redirects.</summary>
internal static class RedirectServices
{
    public static IServiceCollection AddRedirects(this IServiceCollection services)
    {
        services.AddOptions<VisitorLocationOptions>().BindConfiguration(VisitorLocationOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<VisitorLocationOptions>, VisitorLocationOptionsValidator>()
            .AddSingleton<GeoDatabase>()
            .AddSingleton<VisitorLocationReader>()
            .AddSingleton<UserAgentReader>()
            .AddSingleton<RedirectMetrics>()
            .AddSingleton<Redirect>();
    }
}

using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Redirects.Geo;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Redirects;

internal static class RedirectServices
{
    public static IServiceCollection AddRedirects(this IServiceCollection services) => services
        .AddGeo()
        .AddSingleton<UserAgentReader>()
        .AddSingleton<RedirectMetrics>()
        .AddSingleton<Redirect>();
}

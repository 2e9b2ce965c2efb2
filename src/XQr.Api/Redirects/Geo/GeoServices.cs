using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XQr.Api.Redirects.Geo;

internal static class GeoServices
{
    public static IServiceCollection AddGeo(this IServiceCollection services)
    {
        services.AddOptions<VisitorLocationOptions>().BindConfiguration(VisitorLocationOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VisitorLocationOptions>, VisitorLocationOptionsValidator>();
        services.AddSingleton<GeoDatabase>();
        services.AddSingleton<VisitorLocationReader>();
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XQr.Api.Redirects.Geo;

internal static class GeoServices
{
    public static IServiceCollection AddGeo(this IServiceCollection services)
    {
        services.AddOptions<OriginOptions>().BindConfiguration(OriginOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OriginOptions>, OriginOptionsValidator>();
        services.AddSingleton<GeoDatabase>();
        services.AddSingleton<OriginReader>();
        return services;
    }
}

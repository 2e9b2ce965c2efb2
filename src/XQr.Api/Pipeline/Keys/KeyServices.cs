using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XQr.Api.Pipeline.Keys;

internal static class KeyServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsValidator>()
            .AddSingleton<CallerCache>()
            .AddSingleton<KeyPrefixes>()
            .AddSingleton<FailedKeyLimiter>()
            .AddSingleton<KeyChecks>();
    }
}

using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XQr.Api.Maintenance;
using XQr.Api.Pipeline.Idempotency;
using XQr.Api.Pipeline.Keys;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline;

internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<ApiJson>();
        services.AddCompression();
        services.AddQueryPrivacy();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            // Latin-1 decodes any byte of a header (RFC 9110, section 5.5). With UTF-8, Kestrel would refuse a header that is not valid UTF-8.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;

            // Every host runs Kestrel, the Functions worker too. A body of 1 MiB takes 17 minutes at most, and slower ones are 408.
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));
        });
        services.AddOptions<ClientOptions>().BindConfiguration(ClientOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClientOptions>, ClientOptionsValidator>();
        services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsValidator>();
        services.AddSingleton<ClientAddress>();
        services.AddSingleton<CallerCache>();
        services.AddSingleton<KeyPrefixes>();
        services.AddSingleton<FailedKeyLimiter>();
        services.AddSingleton<KeyChecks>();
        services.AddSingleton<RateCounterStore>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<IUsageSource, CallUsageSource>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<IMaintenanceTask, IdempotencySweep>();
        services.AddHostedService(provider => provider.GetRequiredService<RateLimiter>());
        return services.AddJson(PipelineJson.Default);
    }
}

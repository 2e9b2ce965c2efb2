using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XQr.Api.Primitives;

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

            // Every host runs Kestrel, even the Functions worker. A body of 1 MiB takes at most 17 minutes; slower ones get 408.
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));
        });
        services.AddOptions<ClientOptions>().BindConfiguration(ClientOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClientOptions>, ClientOptionsValidator>();
        services.AddSingleton<ClientAddress>();
        return services.AddJson(PipelineJson.Default);
    }
}

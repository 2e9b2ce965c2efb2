using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace XQr.Api.Outbound;

internal static class OutboundServices
{
    /// <summary>Adds what calls the public for users. Its URLs are theirs, and stay out of the log.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.TryAddSingleton<INetwork, Internet>();
        services.AddSingleton<PublicConnector>();
        services.AddSingleton<PublicDownloads>();
        services.AddHttpClient(PublicDownloads.Client, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("XQr-Serverless"))
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<PublicConnector>().NewHandler());
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace XQr.Api.Outbound;

internal static class OutboundServices
{
    /// <summary>Adds the client that downloads files from public hosts. It logs no URLs, because users choose them.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.TryAddSingleton<ISocketConnector, SocketConnector>();
        services.AddSingleton<PublicConnector>();
        services.AddSingleton<PublicDownloads>();
        services.AddHttpClient(PublicDownloads.Client, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("XQr-Serverless"))
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<PublicConnector>().NewHandler());
        return services;
    }
}

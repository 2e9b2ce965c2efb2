using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>Registers the services of links.</summary>
internal static class LinkServices
{
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services.AddOptions<RedirectOptions>().BindConfiguration(RedirectOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RedirectOptions>, RedirectOptionsValidator>()
            .AddSingleton(provider => LinkUsageRow.NewCommits(provider.GetRequiredService<Tables>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IUsageSource, LinkUsageSource>()
            .AddSingleton<LinkStore>()
            .AddSingleton<LinkCreationStore>()
            .AddSingleton<LinkListStore>()
            .AddSingleton<LinkDirectoryStore>()
            .AddSingleton<LinkQrStore>()
            .AddSingleton<LinkCreation>()
            .AddSingleton<ErasureRequests>()
            .AddSingleton<LinkOperations>()
            .AddSingleton<LinkBulkOperations>()
            .AddSingleton<ShortCodeStore>()
            .AddSingleton<ShortCodeClaimStore>()
            .AddSingleton<ShortCodeCache>()
            .AddJson(LinkJson.Default);
    }
}

using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Work;

namespace XQr.Api.Assets;

/// <summary>Registers the services of assets.</summary>
internal static class AssetServices
{
    public static IServiceCollection AddAssets(this IServiceCollection services)
    {
        services.AddOptions<AssetOptions>().BindConfiguration(AssetOptions.Section)
            .Validate(
                options => options.IsValid,
                $"{AssetOptions.Section}:PublicBaseUrl must be an absolute http or https URL without user name, query or fragment.")
            .ValidateOnStart();
        return services
            .AddJson(AssetJson.Default)
            .AddSingleton(provider => AssetUsageRow.NewCommits(provider.GetRequiredService<Tables>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<AssetStore>()
            .AddSingleton<IUsageSource, AssetUsageSource>()
            .AddSingleton<AssetMetrics>()
            .AddSingleton<AssetWorkStore>()
            .AddSingleton<AssetBlobs>()
            .AddSingleton<AssetUrls>()
            .AddSingleton<PublicAssets>()
            .AddSingleton<AssetUploads>()
            .AddSingleton<AssetPublisher>()
            .AddSingleton<AssetDeletion>()
            .AddSingleton<AssetOperations>()
            .AddSingleton<IWorkHandler, AssetSweep>()
            .AddSingleton<IDueWork, AssetDueWork>();
    }
}

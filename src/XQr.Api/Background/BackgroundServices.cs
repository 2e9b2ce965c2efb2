using Microsoft.Extensions.DependencyInjection;

namespace XQr.Api.Background;

/// <summary>Registers what contains failures of background work.</summary>
internal static class BackgroundServices
{
    /// <summary>Adds <see cref="BackgroundWork"/>.</summary>
    public static IServiceCollection AddBackground(this IServiceCollection services) =>
        services.AddSingleton<BackgroundMetrics>().AddSingleton<BackgroundWork>();
}

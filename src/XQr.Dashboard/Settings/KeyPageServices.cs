using Microsoft.Extensions.DependencyInjection;

namespace XQr.Dashboard.Settings;

internal static class KeyPageServices
{
    /// <summary>Adds the services of the pages of keys.</summary>
    public static IServiceCollection AddKeyPages(this IServiceCollection services) => services
        .AddSingleton<KeyModelFactory>()
        .AddSingleton<KeySnippets>()
        .AddSingleton<KeySecretPage>();
}

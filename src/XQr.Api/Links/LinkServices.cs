using Microsoft.Extensions.DependencyInjection;

namespace XQr.Api.Links;

internal static class LinkServices
{
    public static IServiceCollection AddLinks(this IServiceCollection services) => services
        .AddSingleton<LinkStore>()
        .AddSingleton<ShortCodeStore>()
        .AddSingleton<ShortCodeCache>();
}

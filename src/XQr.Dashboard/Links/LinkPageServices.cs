using Microsoft.Extensions.DependencyInjection;
using XQr.Dashboard.Forms;

namespace XQr.Dashboard.Links;

internal static class LinkPageServices
{
    /// <summary>Adds the services of the pages of links.</summary>
    public static IServiceCollection AddLinkPages(this IServiceCollection services) => services
        .AddSingleton<FormCreations>()
        .AddSingleton<LinkBulkForms>()
        .AddSingleton<LinkModelFactory>();
}

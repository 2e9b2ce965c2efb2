using Microsoft.Extensions.DependencyInjection;

namespace XQr.Dashboard.Hosting;

internal static class HostingServices
{
    /// <summary>Adds what every page needs.</summary>
    public static IServiceCollection AddHosting(this IServiceCollection services) =>
        services.AddAntiforgery(options => options.FormFieldName = Tokens.FieldName);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XQr.Api.Tenancy;

internal static class TenancyServices
{
    public static IServiceCollection AddTenancy(this IServiceCollection services)
    {
        services.AddOptions<PlansOptions>().BindConfiguration(PlansOptions.Section).PostConfigure(Normalise);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PlansOptions>>().Value);
        services.AddSingleton<WorkspaceStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<KeyPrefixStore>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<MemberStore>();
        services.AddSingleton<MembershipStore>();
        services.AddSingleton<MemberChangeStore>();
        return services;
    }

    private static void Normalise(PlansOptions plans)
    {
        foreach (var plan in Enum.GetValues<Plan>())
        {
            plans[plan].Normalise();
        }
    }
}

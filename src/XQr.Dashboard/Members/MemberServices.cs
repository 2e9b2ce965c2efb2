using Microsoft.Extensions.DependencyInjection;

namespace XQr.Dashboard.Members;

internal static class MemberServices
{
    public static IServiceCollection AddMembers(this IServiceCollection services) =>
        services.AddSingleton<MembershipCache>().AddSingleton<PersonLimiter>();
}

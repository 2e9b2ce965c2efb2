using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace XQr.Dashboard.Members;

internal static class MemberServices
{
    public static IServiceCollection AddMembers(this IServiceCollection services) =>
        services.AddSingleton<MembershipCache>().AddSingleton<PersonLimiter>();

    /// <summary>Adds the check of sessions, memberships and forms.</summary>
    public static IApplicationBuilder UseMembers(this IApplicationBuilder app) =>
        app.UseMiddleware<SessionMiddleware>().UseMiddleware<AntiforgeryMiddleware>();
}

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Developers.SignIn;
using XQr.Api.Primitives;

namespace XQr.Api.Developers;

internal static class DeveloperServices
{
    public static IServiceCollection AddDevelopers(this IServiceCollection services) => services
        .AddSignIn()
        .AddSingleton<KeyOperations>()
        .AddSingleton<MemberOperations>()
        .AddSingleton<AccountOperations>()
        .AddJson(DeveloperJson.Default);

    public static void MapDevelopers(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAccount();
        endpoints.MapDeveloperWorkspaces();
        endpoints.MapKeys();
        endpoints.MapMembers();
    }
}

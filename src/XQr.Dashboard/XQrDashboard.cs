using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline;
using XQr.Dashboard.Admission;
using XQr.Dashboard.Assets;
using XQr.Dashboard.Home;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Links;
using XQr.Dashboard.Members;
using XQr.Dashboard.Search;
using XQr.Dashboard.Sessions;
using XQr.Dashboard.Settings;
using XQr.Dashboard.SignIn;
using XQr.Dashboard.Welcome;

namespace XQr.Dashboard;

/// <summary>Adds the dashboard to a host: pages for people, under <c>/dashboard</c>. The host has the application's services.</summary>
public static class XQrDashboard
{
    /// <summary>Adds the services of the dashboard.</summary>
    /// <param name="services">The host's services, with the application's.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddXQrDashboard(this IServiceCollection services) =>
        services.AddHosting().AddSessions().AddMembers().AddProviderSignIn().AddLinkPages().AddKeyPages();

    /// <summary>
    /// Handles the requests under <c>/dashboard</c> in a pipeline of their own, because people sign in with cookies and read errors as pages.
    /// All other requests continue. It comes before <c>UseXQr</c>.
    /// </summary>
    /// <param name="app">The host's pipeline.</param>
    /// <returns><paramref name="app"/>.</returns>
    public static IApplicationBuilder UseXQrDashboard(this IApplicationBuilder app)
    {
        // A pipeline without the host's properties has its own routes.
        var dashboard = new ApplicationBuilder(app.ApplicationServices)
            .UseMiddleware<RequestIdMiddleware>()
            .UseMiddleware<PublicAddressMiddleware>()
            .UseMiddleware<SecurityHeadersMiddleware>()
            .UseMiddleware<PageHeadersMiddleware>()
            .UsePageCompression()
            .UseMiddleware<FailureMiddleware>((Func<ApiError, IResult>)PageErrors.Of)
            .UseStatusCodePages(PageErrors.WriteAsync)
            .UseRouting()
            .UseMiddleware<DeadlineMiddleware>()
            .UseAdmission()
            .UseEndpoints(MapDashboard)
            .Build();
        return app.Use(next => context => context.Request.Path.StartsWithSegments(Paths.Root) ? dashboard(context) : next(context));
    }

    private static void MapDashboard(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup(Paths.Root.Value!).AnswerHead().ExcludeFromDescription();
        pages.MapAssets();
        pages.MapSignIn();
        pages.MapWelcome();
        var workspace = pages.MapGroup("/{workspace}").RequireMember();
        workspace.MapHome();
        workspace.MapSearch();
        workspace.MapLinkPages();
        workspace.MapSettings();
    }
}

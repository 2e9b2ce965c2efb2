using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Developers.SignIn;
using XQr.Api.Pipeline;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Sessions;

namespace XQr.Dashboard.SignIn;

/// <summary>Maps the sign-in and the sign-out.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in", SignInAsync).AcceptSession();
        pages.MapGet("/sign-in/callback", CallbackAsync);
        pages.MapPost("/sign-out", SignOutAsync).AcceptSession();
        pages.MapGet("/sign-out/callback", SignInPages.SignedOut);
    }

    internal static async Task<IResult> SignInAsync(HttpContext context, ProviderSignIn provider)
    {
        var returnPath = ReturnPath.Of(context.Request.Query["return"]);
        if (context.Api().Person is not null)
        {
            return TypedResults.LocalRedirect(returnPath);
        }

        if (!provider.IsAvailable)
        {
            return SignInPages.NoProvider(context);
        }

        if (!context.Request.IsHttps && !IsLoopback(context.Request.Host.Host))
        {
            return SignInPages.Insecure(context);
        }

        try
        {
            await provider.StartAsync(context, returnPath);
            return Results.Empty;
        }
        catch (ProviderUnavailableException)
        {
            return SignInPages.ProviderDown(context);
        }
    }

    internal static async Task<IResult> CallbackAsync(HttpContext context, ProviderSignIn provider)
    {
        if (!provider.IsAvailable)
        {
            return SignInPages.NoProvider(context);
        }

        await provider.CompleteAsync(context);
        return Results.Empty;
    }

    internal static async Task<IResult> SignOutAsync(HttpContext context, SessionManager sessions, ProviderSignIn provider)
    {
        var isSignedIn = context.Api().Person is not null;
        var idToken = isSignedIn ? await sessions.EndAsync(context) : null;
        context.Api().Person = null;
        return isSignedIn && provider.IsAvailable && await provider.FindSignOutAsync(context, idToken) is { } url
            ? SignInPages.SigningOut(context, url)
            : Page.SeeOther(Paths.SignOutCallback);
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

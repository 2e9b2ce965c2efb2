using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers.SignIn;

/// <summary>Checks the token of a request, if the endpoint requires a signed-in person, and then the person's role in the workspace.</summary>
internal sealed class SignInMiddleware(
    RequestDelegate next, IConfigurationManager<OpenIdConnectConfiguration> provider, TokenReader reader, Memberships memberships)
{
    private static readonly AuthenticationScheme Scheme = new(JwtBearerDefaults.AuthenticationScheme, displayName: null, typeof(JwtBearerHandler));

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RequiredSignIn>() is { } required ? AdmitAsync(context, required) : next(context);

    private async Task AdmitAsync(HttpContext context, RequiredSignIn required)
    {
        context.Response.Headers.CacheControl = "no-store";
        var error = await AuthenticateAsync(context) ?? (required.Least is { } least ? await AuthorizeAsync(context, least) : null);
        if (error is not null)
        {
            await error.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task<ApiError?> AuthenticateAsync(HttpContext context)
    {
        if (provider is NoProvider)
        {
            return SignInErrors.NoProvider();
        }

        try
        {
            var handler = context.RequestServices.GetRequiredService<JwtBearerHandler>();
            await handler.InitializeAsync(Scheme, context);
            var result = await handler.AuthenticateAsync();
            context.Api().Person = result.Succeeded ? reader.Read(result.Principal) : null;
            return context.Api().Person is null ? ApiErrors.InvalidToken() : null;
        }
        catch (ProviderUnavailableException)
        {
            // The handler has logged the exception.
            return SignInErrors.ProviderUnavailable();
        }
    }

    private async Task<ApiError?> AuthorizeAsync(HttpContext context, Role least)
    {
        var (person, header) = (context.Person(), context.Request.Headers[RequiredSignIn.WorkspaceHeader]);
        var found = await memberships.FindAsync(person, header.Count == 0 ? null : header.ToString(), context.RequestAborted);
        if (found is not [var member])
        {
            return found is [] ? SignInErrors.NotAMember(person) : ApiErrors.WorkspaceNeeded(found.Select(membership => membership.WorkspaceId));
        }

        context.Api().Member = member;
        return member.Role.Require(least);
    }
}

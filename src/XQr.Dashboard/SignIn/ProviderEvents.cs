using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging;
using XQr.Api.Developers.SignIn;
using XQr.Dashboard.Sessions;

namespace XQr.Dashboard.SignIn;

/// <summary>Starts a session after a sign-in at the provider, or shows why there is none.</summary>
internal sealed partial class ProviderEvents(SessionManager sessions, TokenReader reader, ILogger<ProviderEvents> logger) : OpenIdConnectEvents
{
    /// <summary>
    /// Rejects tokens without a signature, which the handler accepts from the provider itself, and tokens with a critical extension, which must
    /// be understood (RFC 7515, section 4.1.11); none is supported.
    /// </summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        if (context.SecurityToken.RawSignature.Length == 0 || context.SecurityToken.Header.ContainsKey("crit"))
        {
            context.Fail("The token has no signature or a critical extension.");
        }

        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        if (reader.Read(context.Principal!) is not { } person)
        {
            Log.NoSubject(logger);
            await SignInPages.NoSubject(context.HttpContext).ExecuteAsync(context.HttpContext);
            return;
        }

        await sessions.StartAsync(context.HttpContext, person, context.Properties!.GetTokenValue("id_token"));
        context.Response.Redirect(ReturnPath.Of(context.ReturnUri));
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        return SignInPages.Cancelled(context.HttpContext).ExecuteAsync(context.HttpContext);
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        if (IsProviderDown(context.Failure))
        {
            Log.ProviderDown(logger, context.Failure);
            return SignInPages.ProviderDown(context.HttpContext).ExecuteAsync(context.HttpContext);
        }

        Log.Failed(logger, context.Failure?.Message);
        return SignInPages.Failed(context.HttpContext).ExecuteAsync(context.HttpContext);
    }

    /// <summary>Returns whether a sign-in failed because the provider did not respond, or not with JSON.</summary>
    internal static bool IsProviderDown(Exception? exception) =>
        exception is ProviderUnavailableException or HttpRequestException or OperationCanceledException or IOException or JsonException;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A sign-in to the dashboard failed, because the provider's token has no valid subject (sub).")]
        public static partial void NoSubject(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "A sign-in to the dashboard failed, because the provider does not respond.")]
        public static partial void ProviderDown(ILogger logger, Exception? exception);

        [LoggerMessage(3, LogLevel.Information, "A sign-in to the dashboard failed: {Reason}")]
        public static partial void Failed(ILogger logger, string? reason);
    }
}

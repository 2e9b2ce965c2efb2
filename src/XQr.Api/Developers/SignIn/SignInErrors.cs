using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Developers.SignIn;

internal static class SignInErrors
{
    public static ApiError NoProvider() => ApiErrors.InvalidToken() with
    {
        Message = $"Sign-in is not available: no OpenID Connect provider is configured ({AuthOptions.Section}:Authority).",
    };

    public static ApiError ProviderUnavailable() => ApiErrors.Unavailable() with
    {
        Message = "The sign-in provider does not respond; try again in a moment.",
    };

    public static ApiError NotAMember(Person person) => new(StatusCodes.Status403Forbidden, "INSUFFICIENT_SCOPE", person switch
    {
        { Email: null } => "You are not a member of this workspace, and your token has no e-mail address that an invitation could have.",
        { IsEmailVerified: false } => "You are not a member of this workspace. Invitations do not apply, because your token does not say "
            + "that your e-mail address is verified.",
        _ => "You are not a member of this workspace. An owner or admin can invite your e-mail address.",
    });
}

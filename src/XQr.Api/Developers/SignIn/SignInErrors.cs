using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Developers.SignIn;

internal static class SignInErrors
{
    public static ApiError NoProvider() => ApiErrors.InvalidToken() with
    {
        Message = $"Nobody can sign in here: no OpenID Connect provider is configured ({AuthOptions.Section}:Authority).",
    };

    public static ApiError ProviderUnavailable() => ApiErrors.Unavailable() with
    {
        Message = "The sign-in provider doesn't answer; try again in a moment.",
    };

    public static ApiError NotAMember(Person person) => new(StatusCodes.Status403Forbidden, "INSUFFICIENT_SCOPE", person switch
    {
        { Email: null } => "You are no member of this workspace, and your token has no e-mail address by which you could be invited.",
        { IsEmailVerified: false } => "You are no member of this workspace, and your provider doesn't say that your e-mail address is verified, "
            + "so that an invitation could be yours.",
        _ => "You are no member of this workspace. An owner or admin can invite your e-mail address.",
    });
}

using Microsoft.AspNetCore.Http;
using XQr.Api.Developers.SignIn;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

internal static class DeveloperErrors
{
    public static ApiError NoProvider() => ApiErrors.InvalidToken() with
    {
        Message = $"Nobody can sign in here: no OpenID Connect provider is configured ({AuthOptions.Section}:Authority).",
    };

    public static ApiError ProviderUnavailable() => ApiErrors.Unavailable() with { Message = "The sign-in provider doesn't answer; try again in a moment." };

    public static ApiError NotAMember(Person person) => Forbidden(
        person.Email is null ? "You are no member of this workspace, and your token has no e-mail address by which you could be invited."
        : !person.IsEmailVerified ? "You are no member of this workspace, and your provider doesn't say that your e-mail address is verified, so that an invitation could be yours."
        : "You are no member of this workspace. An owner or admin can invite your e-mail address.");

    public static ApiError KeyNotFound() => ApiErrors.NotFound("key");

    public static ApiError MemberNotFound() => ApiErrors.NotFound("member");

    public static ApiError TooManyKeys(int? limit) => ApiErrors.PlanLimitExceeded($"{limit} API keys");

    public static ApiError TooManyOverlaps(int? limit) => ApiErrors.PlanLimitExceeded("") with
    {
        Message = $"The workspace's plan allows no more than {limit} replaced API keys that still work. Rotate without overlap_seconds, or revoke one of them.",
    };

    public static ApiError KeyEnded() => ApiErrors.Conflict("This key was revoked or replaced, or its time is over; make another.");

    public static ApiError EmailTaken() => ApiErrors.Conflict("Somebody with this e-mail address is a member or invited already.");

    public static ApiError LastOwner() => ApiErrors.Conflict("A workspace keeps at least one owner who has signed in; name another first.");

    /// <summary>Why a key was not changed or made.</summary>
    public static ApiError Of(KeyChange change) => change.Outcome switch
    {
        KeyOutcome.OverLimit => TooManyKeys(change.Limit),
        KeyOutcome.TooManyOverlaps => TooManyOverlaps(change.Limit),
        KeyOutcome.Ended => KeyEnded(),
        KeyOutcome.Stale => ApiErrors.PreconditionFailed("key"),
        _ => KeyNotFound(),
    };

    /// <summary>Why a member was not changed or made.</summary>
    public static ApiError Of(MemberOutcome outcome) => outcome switch
    {
        MemberOutcome.EmailTaken => EmailTaken(),
        MemberOutcome.LastOwner => LastOwner(),
        MemberOutcome.OwnersOnly => ApiErrors.RoleNeeded(Role.Owner),
        MemberOutcome.Stale => ApiErrors.PreconditionFailed("member"),
        _ => MemberNotFound(),
    };

    private static ApiError Forbidden(string message) => new(StatusCodes.Status403Forbidden, "INSUFFICIENT_SCOPE", message);
}

using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

internal static class DeveloperErrors
{
    public static ApiError KeyNotFound() => ApiErrors.NotFound("key");

    public static ApiError MemberNotFound() => ApiErrors.NotFound("member");

    public static ApiError CreationNotAllowed() => new(
        StatusCodes.Status403Forbidden,
        "FEATURE_NOT_AVAILABLE",
        "This service lets nobody create a workspace. Ask its operator for one, or an owner or admin of a workspace for an invitation.");

    public static ApiError VerifiedEmailNeeded() => new(
        StatusCodes.Status403Forbidden,
        "INSUFFICIENT_SCOPE",
        "Your token does not say that your e-mail address is verified, which the owner of a workspace needs.");

    public static ApiError TooManyKeys(int? limit) => ApiErrors.PlanLimitExceeded($"{limit} API keys");

    public static ApiError TooManyOverlaps(int? limit) => ApiErrors.PlanLimitExceeded("") with
    {
        Message = $"The workspace's plan allows no more than {limit} replaced API keys that still work. "
            + "Rotate without overlap_seconds, or revoke one of them.",
    };

    public static ApiError KeyNotActive() => ApiErrors.Conflict("This key was revoked, replaced or has expired; create another key.");

    public static ApiError EmailTaken() => ApiErrors.Conflict("A person with this e-mail address is already a member or invited.");

    public static ApiError LastOwner() => ApiErrors.Conflict("A workspace needs at least one owner who has signed in; appoint another owner first.");

    /// <summary>Returns the error of a change of a key that failed.</summary>
    public static ApiError From(KeyChange change) => change.Outcome switch
    {
        KeyOutcome.OverLimit => TooManyKeys(change.Limit),
        KeyOutcome.TooManyOverlaps => TooManyOverlaps(change.Limit),
        KeyOutcome.NotActive => KeyNotActive(),
        KeyOutcome.Stale => ApiErrors.PreconditionFailed("key"),
        _ => KeyNotFound(),
    };

    /// <summary>Returns the error of a change of a member that failed.</summary>
    public static ApiError From(MemberOutcome outcome) => outcome switch
    {
        MemberOutcome.EmailTaken => EmailTaken(),
        MemberOutcome.LastOwner => LastOwner(),
        MemberOutcome.OwnersOnly => ApiErrors.RoleNeeded(Role.Owner),
        MemberOutcome.Stale => ApiErrors.PreconditionFailed("member"),
        _ => MemberNotFound(),
    };
}

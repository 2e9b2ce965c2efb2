using Microsoft.AspNetCore.Http;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>The errors of links.</summary>
internal static class LinkErrors
{
    /// <summary>Creates the error for a link that does not exist in the workspace.</summary>
    public static ApiError NotFound() => ApiErrors.NotFound("link");

    /// <summary>Returns the error of rules that the plan does not include, or null. An empty list of rules needs no feature.</summary>
    public static ApiError? NotInPlan(IReadOnlyList<RoutingRule>? rules, PlanOptions plan) =>
        rules is { Count: > 0 } ? plan.Require(PlanFeature.RoutingRules) : null;

    /// <summary>Creates the error for a link that a change would give too many labels.</summary>
    public static ApiError TooManyLabels(int count) => ApiErrors.Validation(
        $"The link would have {count} labels; a link has at most {LinkFields.MaxLabels}.", details: null);

    /// <summary>Creates the error for a slug that another link has.</summary>
    public static ApiError SlugTaken(string slug) => new(StatusCodes.Status409Conflict, "SLUG_TAKEN", $"The slug {slug} is taken.");

    /// <summary>Returns the error of a creation.</summary>
    public static ApiError NotCreated(LinkOutcome outcome, CreateLinkRequest request, PlanOptions plan) => (outcome, request.CustomSlug) switch
    {
        (LinkOutcome.OverLimit, _) => ApiErrors.PlanLimitExceeded($"{plan.LinksPerMonth} links a month"),
        (_, { } slug) => SlugTaken(slug),
        _ => throw new InvalidOperationException("Every random short code that was tried is taken."),
    };
}

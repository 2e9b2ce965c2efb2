using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline;

/// <summary>
/// The requirements of plans and roles. Operations check them for each interface. The pipeline checks them for endpoints too, before a
/// request counts and before its body is read.
/// </summary>
internal static class Requirements
{
    /// <summary>Returns the error of a plan without a feature, or null.</summary>
    public static ApiError? Require(this PlanOptions plan, PlanFeature feature) =>
        plan.Features.Has(feature) ? null : ApiErrors.FeatureNotAvailable(feature);

    /// <summary>Returns the error of a role below another, or null.</summary>
    public static ApiError? Require(this Role role, Role least) => role >= least ? null : ApiErrors.RoleNeeded(least);
}

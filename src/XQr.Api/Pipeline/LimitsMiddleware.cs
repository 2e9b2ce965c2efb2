using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Workspaces;

namespace XQr.Api.Pipeline;

/// <summary>Holds a caller to its plan, its limits and its scopes, in this order.</summary>
internal sealed class LimitsMiddleware(RequestDelegate next, RateLimiter limiter, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Api().Caller is { } caller ? AdmitAsync(context, caller) : next(context);

    private async Task AdmitAsync(HttpContext context, Caller caller)
    {
        if (await RefusalAsync(context, caller) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async ValueTask<ApiError?> RefusalAsync(HttpContext context, Caller caller)
    {
        var feature = context.GetEndpoint()!.Metadata.GetMetadata<RequiredFeature>()?.Feature;
        var (state, refusal) =
            caller.Workspace.Plan == Plan.Free ? (RateLimitState.None(caller.Plan, time.GetUtcNow()), ApiErrors.NoApiOnPlan())
            : feature is { } wanted && !caller.Plan.Features.Has(wanted) ? (limiter.Peek(caller), ApiErrors.FeatureNotAvailable(wanted))
            : await limiter.AdmitAsync(caller, context.RequestAborted);
        context.Api().RateLimit = state;
        state.WriteTo(context.Response.Headers);
        if (refusal is not null)
        {
            return refusal;
        }

        var scope = context.GetEndpoint()!.Metadata.GetMetadata<RequiredScope>()!.Scope;
        return caller.Key.Grants(scope) ? null : ApiErrors.InsufficientScope(scope);
    }
}

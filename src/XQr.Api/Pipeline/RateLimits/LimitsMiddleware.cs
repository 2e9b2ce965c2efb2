using Microsoft.AspNetCore.Http;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Checks the plan, the limits and the scopes of a caller. The order decides which error a request gets and whether it counts:
/// <list type="number">
/// <item>A plan without API access: 403. Nothing is counted.</item>
/// <item>A feature of the endpoint that the plan lacks: 403. Nothing is counted.</item>
/// <item>The burst, the minute and the month: 429. An admitted request counts in all three.</item>
/// <item>A scope of the endpoint that the key lacks: 403. The request was counted.</item>
/// </list>
/// </summary>
internal sealed class LimitsMiddleware(RequestDelegate next, RateLimiter limiter, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Api().Caller is { } caller ? AdmitAsync(context, caller) : next(context);

    private async Task AdmitAsync(HttpContext context, KeyCaller caller)
    {
        if (await RefusalAsync(context, caller) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async ValueTask<ApiError?> RefusalAsync(HttpContext context, KeyCaller caller)
    {
        var endpoint = context.GetEndpoint()!.Metadata;

        // 1. The plan has access to the API.
        if (!caller.Plan.Features.ApiAccess)
        {
            SetState(context, RateLimitState.None(caller.Plan, time.GetUtcNow()));
            return ApiErrors.NoApiOnPlan();
        }

        // 2. The plan has the feature that the endpoint requires.
        if (endpoint.GetMetadata<RequiredFeature>() is { Feature: var feature } && caller.Plan.Require(feature) is { } missing)
        {
            SetState(context, limiter.Peek(caller));
            return missing;
        }

        // 3. The limits admit the request.
        var (state, refusal) = await limiter.AdmitAsync(caller, context.RequestAborted);
        SetState(context, state);
        if (refusal is not null)
        {
            return refusal;
        }

        // 4. The key has the scope that the endpoint requires.
        var scope = endpoint.GetMetadata<RequiredScope>()!.Scope;
        return caller.Key.Grants(scope) ? null : ApiErrors.InsufficientScope(scope);
    }

    private static void SetState(HttpContext context, RateLimitState state)
    {
        context.Api().RateLimit = state;
        state.WriteTo(context.Response.Headers);
    }
}

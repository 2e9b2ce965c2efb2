using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline.Keys;

/// <summary>Checks the caller's key if the endpoint requires a scope.</summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, KeyChecks keys, CallerCache callers, ClientAddress addresses, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is null ? next(context) : AuthenticateAsync(context);

    private async Task AuthenticateAsync(HttpContext context)
    {
        if (await CheckAsync(context) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>Returns whether a text is a JSON Web Token, whose header begins with <c>{"</c>. Members send one after signing in.</summary>
    private static bool IsToken(string text) => text.StartsWith("eyJ", StringComparison.Ordinal) && text.AsSpan().Count('.') == 2;

    /// <summary>Checks the key. Only a caller with the whole key learns that it is revoked or expired.</summary>
    private async Task<ApiError?> CheckAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return ApiErrors.InvalidApiKey();
        }

        var text = value[Scheme.Length..].Trim(' ');
        if (IsToken(text))
        {
            return ApiErrors.TokenInsteadOfKey();
        }

        var check = await keys.CheckAsync(text, addresses.Read(context), context.RequestAborted);
        if (check.Caller is not { } caller)
        {
            return check.Wait is { } wait ? ApiErrors.TooManyFailedKeys(wait) : ApiErrors.InvalidApiKey();
        }

        var now = time.GetUtcNow();
        if (caller.Key.RevokedAt <= now)
        {
            return ApiErrors.RevokedApiKey();
        }

        if (caller.Key.ExpiresAt <= now)
        {
            return ApiErrors.ExpiredApiKey();
        }

        callers.Used(caller, now);
        context.Api().Caller = caller;
        return null;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline;

/// <summary>The errors that any endpoint may return.</summary>
internal static class ApiErrors
{
    public static ApiError Validation(string message, JsonNode? details) =>
        new(StatusCodes.Status400BadRequest, "VALIDATION_ERROR", message) { Details = details };

    /// <summary>Creates the error for one invalid field.</summary>
    public static ApiError InvalidField(string field, string message)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return errors.ToError();
    }

    public static ApiError InvalidJson(string message) => new(StatusCodes.Status400BadRequest, "INVALID_JSON", message);

    public static ApiError InvalidApiKey() => new(
        StatusCodes.Status401Unauthorized, "INVALID_API_KEY", "Send a valid key: Authorization: Bearer xqr_pk_….");

    public static ApiError TokenInsteadOfKey() => InvalidApiKey() with
    {
        Message = "This is a member's token, which is for the paths under /api/developer. Send an API key here: Authorization: Bearer xqr_pk_….",
    };

    public static ApiError RevokedApiKey() => new(StatusCodes.Status401Unauthorized, "REVOKED_API_KEY", "This key was revoked.");

    public static ApiError ExpiredApiKey() => new(StatusCodes.Status401Unauthorized, "EXPIRED_API_KEY", "This key has expired.");

    public static ApiError InvalidToken() => new(
        StatusCodes.Status401Unauthorized, "INVALID_TOKEN", "Sign in, and send the provider's token: Authorization: Bearer eyJ….");

    public static ApiError RoleNeeded(Role role) => new(
        StatusCodes.Status403Forbidden,
        "INSUFFICIENT_SCOPE",
        $"This operation requires the role {role.Name()}{(role == Role.Admin ? " or owner" : "")}.");

    public static ApiError WorkspaceNeeded(IEnumerable<string> ids) => InvalidField(
        RequiredSignIn.WorkspaceHeader, $"must be the id of one of your workspaces: {string.Join(", ", ids.Order(StringComparer.Ordinal))}");

    public static ApiError NoApiOnPlan() => new(
        StatusCodes.Status403Forbidden, "FEATURE_NOT_AVAILABLE", "The workspace's plan has no access to the API.");

    public static ApiError PlanLimitExceeded(string limit) => new(
        StatusCodes.Status403Forbidden, "PLAN_LIMIT_EXCEEDED", $"The workspace's plan allows no more than {limit}.");

    public static ApiError FeatureNotAvailable(PlanFeature feature) => new(
        StatusCodes.Status403Forbidden,
        "FEATURE_NOT_AVAILABLE",
        $"The workspace's plan does not include the feature {JsonNamingPolicy.SnakeCaseLower.ConvertName(feature.ToString())}.");

    public static ApiError InsufficientScope(string scope) => new(
        StatusCodes.Status403Forbidden, "INSUFFICIENT_SCOPE", $"This key lacks the scope {scope}.");

    public static ApiError NotFound(string what) => new(StatusCodes.Status404NotFound, "NOT_FOUND", $"There is no such {what}.");

    public static ApiError MethodNotAllowed(string method) => new(
        StatusCodes.Status405MethodNotAllowed,
        "METHOD_NOT_ALLOWED",
        method == MethodMiddleware.Unknown
            ? "This path does not accept this method, which must be in capitals; the Allow header lists the accepted methods."
            : $"This path does not accept {method}; the Allow header lists the accepted methods.");

    public static ApiError PreconditionFailed(string what) => new(
        StatusCodes.Status412PreconditionFailed, "PRECONDITION_FAILED", $"The {what} has changed since the version in If-Match; read it again.");

    public static ApiError PayloadTooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge, "PAYLOAD_TOO_LARGE", $"The body must have at most {limit} bytes.");

    public static ApiError RequestTimeout() => new(
        StatusCodes.Status408RequestTimeout, "REQUEST_TIMEOUT", "The body arrived too slowly; send it again over a faster connection.");

    public static ApiError UnsupportedEncoding() => new(
        StatusCodes.Status415UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "Send the body uncompressed, without Content-Encoding.");

    public static ApiError UnsupportedMediaType() => new(
        StatusCodes.Status415UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json in UTF-8.");

    public static ApiError BurstLimitExceeded() => new(
        StatusCodes.Status429TooManyRequests, "BURST_LIMIT_EXCEEDED", "Too many requests arrived at once; try again in a second.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static ApiError RateLimitExceeded(string window, TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests, "RATE_LIMIT_EXCEEDED", $"The request limit of this {window} is used up.")
    {
        Details = new JsonObject { ["window"] = window },
        RetryAfter = retryAfter,
    };

    /// <summary>Creates the error for too many failed keys. It does not say whether the last key is valid.</summary>
    public static ApiError TooManyFailedKeys(TimeSpan retryAfter) => RateLimitExceeded("minute", retryAfter) with
    {
        Message = "Too many requests from your address had an invalid API key; try again later.",
    };

    public static ApiError Conflict(string message) => new(StatusCodes.Status409Conflict, "CONFLICT", message);

    public static ApiError Internal() => new(
        StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", "An unexpected error occurred; the log has it under the request id.");

    public static ApiError Overloaded(string message) => new(StatusCodes.Status503ServiceUnavailable, "SERVICE_UNAVAILABLE", message)
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>Creates the error for contention: storage works, but other requests change the same resource or its counts.</summary>
    public static ApiError Busy() => new(
        StatusCodes.Status503ServiceUnavailable,
        "SERVICE_UNAVAILABLE",
        "Too many requests change this resource at the same time; try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static ApiError Unavailable() => new(
        StatusCodes.Status503ServiceUnavailable, "SERVICE_UNAVAILABLE", "Storage does not respond; try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };
}

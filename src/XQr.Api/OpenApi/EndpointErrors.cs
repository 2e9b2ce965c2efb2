using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.Idempotency;

namespace XQr.Api.OpenApi;

/// <summary>Finds the errors of an endpoint: those implied by its metadata, and those that it declares.</summary>
internal static class EndpointErrors
{
    public static IReadOnlyList<ApiError> Of(ApiDescription endpoint)
    {
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        ApiError[] named = [.. metadata.OfType<Failure>().Select(failure => failure.Error)];
        return [.. named, .. Implied(endpoint).Where(error => !named.Any(other => other.Code == error.Code))];
    }

    /// <summary>Returns the implied errors, in the order of the pipeline's checks.</summary>
    private static IEnumerable<ApiError> Implied(ApiDescription endpoint)
    {
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        IEnumerable<ApiError>? ofCaller =
            metadata.OfType<RequiredScope>().Any() ? OfKey(metadata.OfType<RequiredFeature>().LastOrDefault())
            : metadata.OfType<RequiredSignIn>().LastOrDefault() is { } signIn ? OfToken(signIn)
            : null;
        return ofCaller is null ? [] : [.. ofCaller, .. OfRequest(endpoint, metadata), ApiErrors.Internal(), ApiErrors.Unavailable()];
    }

    private static IEnumerable<ApiError> OfKey(RequiredFeature? feature) =>
    [
        ApiErrors.InvalidApiKey(),
        ApiErrors.RevokedApiKey(),
        ApiErrors.ExpiredApiKey(),
        ApiErrors.NoApiOnPlan(),
        .. feature is null ? Array.Empty<ApiError>() : [ApiErrors.FeatureNotAvailable(feature.Feature)],
        ApiErrors.BurstLimitExceeded(),
        ApiErrors.RateLimitExceeded("minute", TimeSpan.FromSeconds(27)),
        ApiErrors.RateLimitExceeded("month", TimeSpan.FromDays(1)),
        ApiErrors.InsufficientScope("links:write"),
    ];

    private static IEnumerable<ApiError> OfToken(RequiredSignIn signIn) =>
        signIn.Least is { } least
            ? [ApiErrors.InvalidToken(), ApiErrors.WorkspaceNeeded(["ws_…", "ws_…"]), ApiErrors.RoleNeeded(least)]
            : [ApiErrors.InvalidToken()];

    private static IEnumerable<ApiError> OfRequest(ApiDescription endpoint, IList<object> metadata)
    {
        var body = metadata.OfType<JsonBody>().LastOrDefault();
        if (body is not null)
        {
            yield return ApiErrors.RequestTimeout();
            yield return ApiErrors.UnsupportedMediaType();
            yield return ApiErrors.PayloadTooLarge(BodyMiddleware.MaxBytes);
            yield return ApiErrors.InvalidJson("The body must be a JSON object, not an array.");
            yield return ApiErrors.InvalidField("labelz", "is not a known property; did you mean labels?");
        }

        if (body is null or { IsOptional: true } && metadata.OfType<QueryFields>().ToArray() is [.., var query])
        {
            yield return ApiErrors.InvalidField(query.Error.Field, query.Error.Message);
        }
        else
        {
            yield return ApiErrors.InvalidField("limits", "is not a known parameter: this operation takes none");
        }

        if (metadata.OfType<IdempotentCreation>().Any())
        {
            yield return IdempotencyErrors.InProgress();
            yield return IdempotencyErrors.KeyReused();
        }

        if (endpoint.ParameterDescriptions.Any(parameter => parameter.Source == BindingSource.Path))
        {
            yield return ApiErrors.NotFound("resource");
        }
    }
}

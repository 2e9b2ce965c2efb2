using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.Idempotency;

namespace XQr.Api.OpenApi;

/// <summary>The errors that an endpoint may answer: those that follow from what it declares, and those that it names.</summary>
internal static class EndpointErrors
{
    public static IReadOnlyList<ApiError> Of(ApiDescription endpoint)
    {
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        ApiError[] named = [.. metadata.OfType<Failure>().Select(failure => failure.Error)];
        return [.. named, .. Implied(endpoint).Where(error => !named.Any(other => other.Code == error.Code))];
    }

    /// <summary>In the order in which the pipeline checks.</summary>
    private static IEnumerable<ApiError> Implied(ApiDescription endpoint)
    {
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequiredScope>().LastOrDefault() is not { } scope)
        {
            yield break;
        }

        yield return ApiErrors.InvalidApiKey();
        yield return ApiErrors.RevokedApiKey();
        yield return ApiErrors.ExpiredApiKey();
        yield return ApiErrors.NoApiOnPlan();
        if (metadata.OfType<RequiredFeature>().LastOrDefault() is { } feature)
        {
            yield return ApiErrors.FeatureNotAvailable(feature.Feature);
        }

        yield return ApiErrors.BurstLimitExceeded();
        yield return ApiErrors.RateLimitExceeded("minute", TimeSpan.FromSeconds(27));
        yield return ApiErrors.RateLimitExceeded("month", TimeSpan.FromDays(3));
        yield return ApiErrors.InsufficientScope(scope.Scope);
        if (metadata.OfType<JsonBody>().Any())
        {
            yield return ApiErrors.UnsupportedMediaType();
            yield return ApiErrors.PayloadTooLarge(BodyMiddleware.MaxBytes);
            yield return ApiErrors.InvalidJson("The body is not a JSON object: it is of type Array.");
            yield return Fault("labelz", "is not a property here");
        }
        else if (metadata.OfType<QueryFields>().ToArray() is [.., var query])
        {
            yield return Fault(query.Fault.Field, query.Fault.Message);
        }

        if (metadata.OfType<IdempotentCreation>().Any())
        {
            yield return IdempotencyErrors.UnderWay();
            yield return IdempotencyErrors.KeyReused();
        }

        if (endpoint.ParameterDescriptions.Any(parameter => parameter.Source == BindingSource.Path))
        {
            yield return ApiErrors.NotFound("resource");
        }

        yield return ApiErrors.Internal();
        yield return ApiErrors.Unavailable();
    }

    private static ApiError Fault(string field, string message)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return errors.ToError();
    }
}

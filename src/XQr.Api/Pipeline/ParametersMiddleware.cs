using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>
/// Rejects unknown and repeated query parameters, and invalid conditional headers. A misspelt filter would otherwise return the wrong data
/// without an error.
/// </summary>
internal sealed class ParametersMiddleware(RequestDelegate next, ApiJson json)
{
    /// <summary>The parameters of each endpoint of the API.</summary>
    private readonly ConcurrentDictionary<Endpoint, ParameterNames> names = new();

    /// <summary>Answers 400, or passes the request on.</summary>
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && IsOperation(endpoint) && Validate(context.Request, endpoint) is { Any: true } errors
            ? errors.ToError().ExecuteAsync(context)
            : next(context);

    private static bool IsOperation(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<RequiredScope>() is not null || endpoint.Metadata.GetMetadata<RequiredSignIn>() is not null;

    private FieldErrors? Validate(HttpRequest request, Endpoint endpoint)
    {
        var (revalidates, hasPrecondition) =
            (endpoint.Metadata.GetMetadata<Revalidation>() is not null, endpoint.Metadata.GetMetadata<Precondition>() is not null);
        if (request.Query.Count == 0 && request.Headers.IfMatch.Count == 0 && request.Headers.IfNoneMatch.Count == 0)
        {
            return null;
        }

        var errors = new FieldErrors();
        names.GetOrAdd(endpoint, ParameterNames.Of, json).Validate(request.Query, errors);
        if (revalidates)
        {
            Preconditions.Validate("If-None-Match", request.Headers.IfNoneMatch, errors);
        }

        if (hasPrecondition)
        {
            Preconditions.Validate("If-Match", request.Headers.IfMatch, errors);
        }

        return errors;
    }
}

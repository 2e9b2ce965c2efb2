using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>The endpoint wants a key with this scope.</summary>
internal sealed record RequiredScope(string Scope);

/// <summary>
/// The endpoint takes a JSON object, described by this type. Not ASP.NET Core's own metadata: routing acts on that, and would tell a
/// wrong media type before it is known whether the caller has a key.
/// </summary>
internal sealed record JsonBody(Type Type);

/// <summary>The endpoint creates something: it is given an <see cref="Operation"/>, and obeys the header <c>Idempotency-Key</c>.</summary>
internal sealed record IdempotentCreation;

/// <summary>What the endpoint answers where storage is down, instead of the error in the envelope.</summary>
internal sealed record OutageAnswer(IResult Answer);

/// <summary>What a route declares of itself; the middleware does the rest.</summary>
internal static class EndpointMetadata
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredScope(scope));

    public static TBuilder TakeJson<TBuilder>(this TBuilder builder, Type type)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new JsonBody(type));

    public static TBuilder Idempotent<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new IdempotentCreation());
}

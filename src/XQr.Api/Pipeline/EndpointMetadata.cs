using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Api.Workspaces;

namespace XQr.Api.Pipeline;

/// <summary>The endpoint wants a key with this scope.</summary>
internal sealed record RequiredScope(string Scope);

/// <summary>The endpoint is there only for plans with this feature.</summary>
internal sealed record RequiredFeature(PlanFeature Feature);

/// <summary>
/// The endpoint takes a JSON object, described by this type. Not ASP.NET Core's own metadata: routing acts on that, and would tell a
/// wrong media type before it is known whether the caller has a key.
/// </summary>
internal sealed record JsonBody(Type Type);

/// <summary>What the endpoint answers where storage is down, instead of the error in the envelope.</summary>
internal sealed record OutageAnswer(IResult Answer);

/// <summary>What a route declares of itself; the middleware does the rest.</summary>
internal static class EndpointMetadata
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredScope(scope));

    public static TBuilder RequireFeature<TBuilder>(this TBuilder builder, PlanFeature feature)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredFeature(feature));

    public static TBuilder TakeJson<TBuilder>(this TBuilder builder, Type type)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new JsonBody(type));
}

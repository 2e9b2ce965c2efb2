using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Workspaces;

namespace XQr.Api.Pipeline;

/// <summary>The endpoint wants a key with this scope.</summary>
internal sealed record RequiredScope(string Scope);

/// <summary>The endpoint wants a person who has signed in.</summary>
/// <param name="Least">The least role that the person must have in the workspace; null where none is asked about.</param>
internal sealed record RequiredSignIn(Role? Least)
{
    /// <summary>The header by which somebody who is a member of several workspaces chooses one.</summary>
    public const string WorkspaceHeader = "X-Workspace-Id";
}

/// <summary>The endpoint is there only for plans with this feature.</summary>
internal sealed record RequiredFeature(PlanFeature Feature);

/// <summary>
/// The endpoint takes a JSON object, described by this type. Not ASP.NET Core's own metadata: routing acts on that, and would tell a
/// wrong media type before it is known whether the caller has a key.
/// </summary>
internal sealed record JsonBody(Type Type, Func<JsonNode> Example)
{
    /// <summary>Whether a request may come without a body. <see cref="ApiContext.Body"/> is then undefined.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>The endpoint creates something: it is given an <see cref="Operation"/>, and obeys the header <c>Idempotency-Key</c>.</summary>
internal sealed record IdempotentCreation;

/// <summary>What the endpoint answers where storage is down, instead of the error in the envelope.</summary>
internal sealed record OutageAnswer(IResult Answer);

/// <summary>The endpoint reads the properties of this type from the query, and may find such a fault.</summary>
internal sealed record QueryFields(Type Type, FieldError Fault);

/// <summary>What a route declares of what it takes; the middleware does the rest. What it answers is in <see cref="RouteAnswers"/>.</summary>
internal static class EndpointMetadata
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredScope(scope));

    public static RouteHandlerBuilder RequireSignIn(this RouteHandlerBuilder builder) => builder.WithMetadata(new RequiredSignIn(null));

    public static RouteHandlerBuilder RequireRole(this RouteHandlerBuilder builder, Role least) => builder.WithMetadata(new RequiredSignIn(least));

    public static RouteHandlerBuilder RequireFeature(this RouteHandlerBuilder builder, PlanFeature feature) =>
        builder.WithMetadata(new RequiredFeature(feature));

    public static RouteHandlerBuilder TakeJson<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.WithMetadata(new JsonBody(typeof(T), () => Examples.WithoutNulls(T.Example)));

    /// <summary>The endpoint takes a JSON object, or no body.</summary>
    public static RouteHandlerBuilder TakeOptionalJson<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.WithMetadata(new JsonBody(typeof(T), () => Examples.WithoutNulls(T.Example)) { IsOptional = true });

    public static RouteHandlerBuilder TakeQuery<T>(this RouteHandlerBuilder builder, FieldError fault) =>
        builder.WithMetadata(new QueryFields(typeof(T), fault));

    /// <summary>
    /// Answers 405 to the methods that a path doesn't take, where another route would take its last segment for an id: a DELETE of
    /// <c>links/bulk</c> is not about a link.
    /// </summary>
    /// <param name="endpoints">The routes.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="allowed">The methods that it takes.</param>
    public static void RejectOtherMethods(this IEndpointRouteBuilder endpoints, string pattern, params string[] allowed) =>
        endpoints.Map(pattern, context =>
        {
            context.Response.Headers.Allow = string.Join(", ", allowed);
            return ApiErrors.MethodNotAllowed(context.Request.Method).ExecuteAsync(context);
        }).ExcludeFromDescription();

    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder builder) => builder.WithMetadata(new IdempotentCreation());
}

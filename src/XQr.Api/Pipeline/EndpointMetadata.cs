using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline;

/// <summary>Marks metadata of an endpoint whose work has a deadline, see <see cref="DeadlineMiddleware"/>.</summary>
internal interface IDeadlineMetadata;

/// <summary>The endpoint requires a key with this scope.</summary>
internal sealed record RequiredScope(string Scope) : IDeadlineMetadata;

/// <summary>The endpoint requires a signed-in person.</summary>
/// <param name="Least">The lowest role in the workspace that the endpoint accepts; null if it requires none.</param>
internal sealed record RequiredSignIn(Role? Least) : IDeadlineMetadata
{
    /// <summary>The header with which a member of several workspaces chooses one.</summary>
    public const string WorkspaceHeader = "X-Workspace-Id";
}

/// <summary>The endpoint requires a plan with this feature.</summary>
internal sealed record RequiredFeature(PlanFeature Feature);

/// <summary>
/// The endpoint accepts a JSON object of this type. ASP.NET Core's own metadata would make routing reject a wrong media type before the
/// key is checked.
/// </summary>
internal sealed record JsonBody(Type Type, Func<ApiJson, JsonNode> Example)
{
    /// <summary>Gets whether a request may have no body. <see cref="ApiContext.Body"/> is then undefined.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>
/// The endpoint creates a resource, or its response to a repeated request differs: it gets a <see cref="CreationSeed"/> and supports the
/// header <c>Idempotency-Key</c>.
/// </summary>
internal sealed record IdempotentCreation;

/// <summary>The response of the endpoint if storage is unavailable, instead of the error in the envelope.</summary>
internal sealed record OutageAnswer(IResult Answer);

/// <summary>The endpoint reads the properties of this type from the query.</summary>
/// <param name="Type">The type.</param>
/// <param name="Error">An example of an error that the query may have, for the API's description.</param>
internal sealed record QueryFields(Type Type, FieldError Error);

/// <summary>Declares the input of a route, which the middleware checks. The responses are declared by <see cref="RouteAnswers"/>.</summary>
internal static class EndpointMetadata
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredScope(scope));

    public static RouteHandlerBuilder RequireSignIn(this RouteHandlerBuilder builder) => builder.WithMetadata(new RequiredSignIn(null));

    public static RouteHandlerBuilder RequireRole(this RouteHandlerBuilder builder, Role least) => builder.WithMetadata(new RequiredSignIn(least));

    public static RouteHandlerBuilder RequireFeature(this RouteHandlerBuilder builder, PlanFeature feature) =>
        builder.WithMetadata(new RequiredFeature(feature));

    public static RouteHandlerBuilder TakeJson<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.WithMetadata(new JsonBody(typeof(T), json => Examples.WithoutNulls(json, T.Example)));

    /// <summary>Declares that the endpoint accepts a JSON object or no body.</summary>
    public static RouteHandlerBuilder TakeOptionalJson<T>(this RouteHandlerBuilder builder)
        where T : IExample<T> => builder.WithMetadata(new JsonBody(typeof(T), json => Examples.WithoutNulls(json, T.Example)) { IsOptional = true });

    public static RouteHandlerBuilder TakeQuery<T>(this RouteHandlerBuilder builder, FieldError error) =>
        builder.WithMetadata(new QueryFields(typeof(T), error));

    /// <summary>
    /// Answers 405 to methods that a path does not support, if another route would read its last segment as an id: a DELETE of
    /// <c>links/bulk</c> does not delete a link.
    /// </summary>
    /// <param name="endpoints">The routes.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="allowed">The methods that the path supports.</param>
    public static void RejectOtherMethods(this IEndpointRouteBuilder endpoints, string pattern, params string[] allowed) =>
        endpoints.Map(pattern, context =>
        {
            context.Response.Headers.Allow = string.Join(", ", allowed);
            return ApiErrors.MethodNotAllowed(context.Request.Method).ExecuteAsync(context);
        }).ExcludeFromDescription();

    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder builder) => builder.WithMetadata(new IdempotentCreation());
}

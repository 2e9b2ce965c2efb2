using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Dashboard.Members;

/// <summary>The state of a request of a signed-in person. <see cref="ApiContext"/> has the person and the membership.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Caller">The workspace and its plan; null on a page that belongs to no workspace.</param>
internal sealed record DashboardContext(Guid SessionId, Caller? Caller);

/// <summary>Marks an endpoint that requires a session, and on pages of a workspace a role.</summary>
/// <param name="Least">The least role; null for any signed-in person.</param>
internal sealed record RequiredSession(Role? Least) : IDeadlineMetadata;

/// <summary>Marks an endpoint that reads the session if there is one, and also serves visitors.</summary>
internal sealed record OptionalSession;

internal static class DashboardContextExtensions
{
    /// <summary>Returns the workspace of the page and its plan.</summary>
    public static Caller Workspace(this HttpContext context) =>
        context.Features.Get<DashboardContext>()?.Caller ?? throw new InvalidOperationException("The page requires no member.");

    /// <summary>Returns the identity of the signed-in member for operations that manage the workspace.</summary>
    public static Principal Principal(this HttpContext context) => Api.Tenancy.Principal.Of(context.Member());

    /// <summary>Requires a signed-in person. Without a session, the browser is sent to the sign-in.</summary>
    public static TBuilder RequireSession<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredSession(Least: null));

    /// <summary>Reads the session if there is one. <see cref="ApiContext.Person"/> is null for visitors.</summary>
    public static TBuilder AcceptSession<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OptionalSession());

    /// <summary>Requires a member of the workspace in the path. Others get 404, and a member without the role gets 403.</summary>
    public static TBuilder RequireMember<TBuilder>(this TBuilder builder, Role least = Role.Member)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredSession(least));
}

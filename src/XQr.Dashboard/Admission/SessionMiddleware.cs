using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Sessions;

namespace XQr.Dashboard.Admission;

/// <summary>Finds the session of a request, and on pages of a workspace the membership of its person.</summary>
internal sealed class SessionMiddleware(RequestDelegate next, SessionManager sessions, MembershipCache memberships, PersonLimiter limiter)
{
    private const string WorkspaceParameter = "workspace";

    public Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var required = metadata?.GetMetadata<RequiredSession>();
        return required is null && metadata?.GetMetadata<OptionalSession>() is null ? next(context) : AdmitAsync(context, required);
    }

    private async Task AdmitAsync(HttpContext context, RequiredSession? required)
    {
        if (await sessions.FindAsync(context) is { } session)
        {
            await AdmitAsync(context, session, required?.Least);
        }
        else if (required is null)
        {
            await next(context);
        }
        else
        {
            await SessionExpiry.RespondAsync(context);
        }
    }

    private async Task AdmitAsync(HttpContext context, Session session, Role? least)
    {
        context.Api().Person = session.Person;
        context.User = PrincipalOf(session.Person);
        context.Features.Set(new DashboardContext(session.Id, Caller: null));
        var error = !limiter.TryTake(session.Person) ? ApiErrors.BurstLimitExceeded()
            : least is { } role ? await AuthorizeAsync(context, session, role)
            : null;
        if (error is not null)
        {
            await PageErrors.Of(error).ExecuteAsync(context);
            return;
        }

        await next(context);
        if (least is not null && !HttpMethods.IsGet(context.Request.Method))
        {
            memberships.Forget(session.Id, context.Workspace().WorkspaceId);
        }
    }

    private async Task<ApiError?> AuthorizeAsync(HttpContext context, Session session, Role least)
    {
        var workspaceId = (string)context.GetRouteValue(WorkspaceParameter)!;
        if (await memberships.FindAsync(session.Id, workspaceId, context.RequestAborted) is not { } membership)
        {
            return ApiErrors.NotFound(WorkspaceParameter);
        }

        context.Api().Member = membership.Member;
        context.Features.Set(new DashboardContext(session.Id, membership.Caller));
        return membership.Member.Role >= least ? null : ApiErrors.RoleNeeded(least);
    }

    /// <summary>Returns the principal to which antiforgery tokens belong. A token stays valid if the same person signs in again.</summary>
    private static ClaimsPrincipal PrincipalOf(Person person)
    {
        var subject = new Claim("sub", person.Identity.Subject, ClaimValueTypes.String, person.Identity.Issuer);
        return new(new ClaimsIdentity([subject], authenticationType: "session"));
    }
}

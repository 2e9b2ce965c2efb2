using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

internal static class AccountEndpoints
{
    public const string Description = "The signed-in person and their workspaces.";

    public static void MapAccount(this IEndpointRouteBuilder endpoints)
    {
        var developer = endpoints.MapGroup("/api/developer");
        developer.MapGet("/me", GetAsync).WithTag("Account", Description).RequireSignIn()
            .Answers<AccountResponse>();
        developer.MapGet("/audit", ListAsync).WithTag("Audit", "The log of changes to keys, members and the plan.").RequireRole(Role.Member)
            .TakeQuery<AuditQuery>(new("action", AuditQuery.ActionRule)).AnswersPage<AuditResponse>().AnswersHeader("Link");
    }

    /// <summary>Get the signed-in person</summary>
    /// <remarks>Returns the person with all workspaces. The request accepts invitations to a verified address.</remarks>
    internal static async Task<IResult> GetAsync(HttpContext context, AccountOperations operations, CancellationToken cancellationToken)
    {
        var person = context.Person();
        var workspaces = await operations.ListWorkspacesAsync(person, cancellationToken);
        return ApiResults.Ok(AccountResponse.From(person, workspaces));
    }

    /// <summary>List audit entries</summary>
    /// <remarks>
    /// Newest first. With a filter, a request searches at most 5,000 entries and <c>total</c> counts what it has found. The header <c>Link</c>
    /// then has the address (<c>rel="next"</c>) that continues with older entries.
    /// </remarks>
    internal static async Task<IResult> ListAsync(HttpContext context, AccountOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var (filter, page) = (AuditQuery.Read(query, errors), PageQuery.Read(query, errors));
        if (errors.Any)
        {
            return errors.ToError();
        }

        var found = await operations.ListAuditAsync(context.Member().WorkspaceId, filter, page, cancellationToken);
        if (found.Oldest is { } oldest)
        {
            context.Response.Headers.Link = $"<{context.Request.Path}{Continue(query, oldest)}>; rel=\"next\"";
        }

        return ApiResults.List([.. found.Entries.Select(AuditResponse.From)], page with { Total = found.Total });
    }

    private static QueryString Continue(IQueryCollection query, AuditEntry oldest) =>
        QueryString.Create(query.Where(field => field.Key.ToLowerInvariant() is not ("before" or "offset"))).Add("before", oldest.Id.ToString());
}

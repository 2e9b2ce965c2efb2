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
            .AnswersPage<AuditResponse>();
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
    /// <remarks>Newest first.</remarks>
    internal static async Task<IResult> ListAsync(HttpContext context, AccountOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (entries, total) = await operations.ListAuditAsync(context.Member().WorkspaceId, page, cancellationToken);
        return ApiResults.List([.. entries.Select(AuditResponse.From)], page with { Total = total });
    }
}

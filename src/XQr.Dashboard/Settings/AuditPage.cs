using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The audit log of a workspace. Its filter has the parameters of the API.</summary>
internal static class AuditPage
{
    public const string ActionField = "action";
    public const string ActorField = "actor";
    public const string FromField = "from_date";
    public const string ToField = "to_date";

    private const string BeforeField = "before";

    private static readonly string[] Fields = [ActionField, ActorField, FromField, ToField];

    internal static async Task<IResult> ListAsync(HttpContext context, AccountOperations operations, CancellationToken cancellationToken)
    {
        // A form also sends the fields that the person left empty.
        var query = new QueryCollection(context.Request.Query.Where(field => field.Value != "").ToDictionary(StringComparer.OrdinalIgnoreCase));
        var errors = new FieldErrors();
        var (filter, page) = (AuditQuery.Read(query, errors), PageQuery.Read(query, errors));
        var workspaceId = context.Workspace().WorkspaceId;
        var found = errors.Any ? new([], Total: 0) : await operations.ListAuditAsync(workspaceId, filter, page, cancellationToken);

        var path = Paths.Of(workspaceId, "settings/audit");
        var form = QueryString.Create(query.Where(field => Fields.Contains(field.Key)));
        var kept = filter.Before is { } before ? form.Add(BeforeField, before.ToString()) : form;
        var model = new AuditModel(
            Frames.Layout(context, FrameTexts.Audit, Section.Settings),
            path,
            new(query[ActionField].ToString(), query[ActorField].ToString(), query[FromField].ToString(), query[ToField].ToString()),
            [.. found.Entries.Select(AuditSentences.Of)],
            Pagers.Of(path, page with { Total = found.Total }, kept),
            found.Oldest is { } oldest ? new(oldest.At, path + form.Add(BeforeField, oldest.Id.ToString())) : null,
            filter.Before is null ? null : path + form,
            errors.ToErrorOrNull()?.Message);
        return Page.Of<Pages.Settings.AuditLog, AuditModel>(model, errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}

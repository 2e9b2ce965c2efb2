using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The audit log of a workspace.</summary>
internal static class AuditPage
{
    public const string AboutField = "about";
    public const string ActorField = "actor";

    /// <summary>The number of entries in which a filter searches, which storage returns in one call.</summary>
    public const int MaxSearched = 1_000;

    internal static async Task<IResult> ListAsync(HttpContext context, AccountOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = context.Request.Query;
        var page = PageQuery.Read(query, errors);
        if (errors.Any)
        {
            return PageErrors.Of(errors.ToError());
        }

        var workspaceId = context.Workspace().WorkspaceId;
        var filter = new AuditFilterModel(query[AboutField].ToString(), query[ActorField].ToString().Trim());
        var (entries, total) = filter.Any
            ? Select(await operations.ListNewestAuditAsync(workspaceId, MaxSearched, cancellationToken), filter, page)
            : await operations.ListAuditAsync(workspaceId, page, cancellationToken);
        var path = Paths.Of(workspaceId, "settings/audit");
        var model = new AuditModel(
            Frames.Layout(context, FrameTexts.Audit, Section.Settings),
            path,
            filter,
            [.. entries.Select(AuditSentences.Of)],
            Pagers.Of(path, page with { Total = total }, Kept(filter)));
        return Page.Of<Pages.Settings.AuditLog, AuditModel>(model);
    }

    private static (IReadOnlyList<AuditEntry> Entries, int Total) Select(
        IReadOnlyList<AuditEntry> entries, AuditFilterModel filter, Api.Storage.Page page)
    {
        var found = entries.Where(entry =>
            entry.Action.StartsWith(filter.About, StringComparison.Ordinal)
            && (Contains(entry.Actor.Email, filter.Actor) || Contains(AuditSentences.NameOf(entry.Actor), filter.Actor))).ToList();
        return ([.. found.Skip(page.Offset).Take(page.Limit)], found.Count);
    }

    private static bool Contains(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    private static QueryString Kept(AuditFilterModel filter) =>
        filter.Any ? QueryString.Create(AboutField, filter.About).Add(ActorField, filter.Actor) : QueryString.Empty;
}

using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The list of members and invitations.</summary>
internal static class MemberListPage
{
    internal static async Task<IResult> ListAsync(HttpContext context, MemberOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return PageErrors.Of(errors.ToError());
        }

        var workspaceId = context.Workspace().WorkspaceId;
        var members = await operations.ListAsync(workspaceId, cancellationToken);
        var path = MemberModels.ListPath(workspaceId);
        var model = new MemberListModel(
            Frames.Layout(context, MemberTexts.Title, Section.Settings),
            path,
            [.. members.Skip(page.Offset).Take(page.Limit).Select(member => MemberModels.Of(context, member))],
            Pagers.Of(path, page with { Total = members.Count }),
            Notices.Of(context.Request, done => done == "removed" ? new("ok", MemberTexts.Removed) : null));
        return Page.Of<Pages.Settings.MemberList, MemberListModel>(model);
    }
}

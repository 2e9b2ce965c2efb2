using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
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
            LeavePathOf(context, members),
            Notices.Of(context.Request, done => done == "removed" ? new("ok", MemberTexts.Removed) : null),
            context.Member().Role >= Role.Admin ? null : Managers.NoticeOf(members, MemberTexts.ReadOnly, Role.Admin));
        return Page.Of<Pages.Settings.MemberList, MemberListModel>(model);
    }

    private static string? LeavePathOf(HttpContext context, IReadOnlyList<Member> all) =>
        context.Member() is var self && MemberRules.Validate(self.Role, self, role: null, all) is null
            ? MemberModels.RemovalPath(self.WorkspaceId, self.Id)
            : null;
}

using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The confirmation of the removal of a member, of the withdrawal of an invitation, and of the person's own departure.</summary>
internal static class MemberRemovalPage
{
    internal static async Task<IResult> AskAsync(
        HttpContext context, string id, MemberOperations operations, CancellationToken cancellationToken)
    {
        var member = await operations.GetAsync(context.Workspace().WorkspaceId, id, cancellationToken);
        return member.Succeeded ? Show(context, member.Value, error: null) : PageErrors.Of(member.Error);
    }

    internal static async Task<IResult> RemoveAsync(
        HttpContext context, string id, MemberOperations operations, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var removed = await operations.RemoveAsync(
            context.Principal(), id, IfMatch.Of(form[MemberPage.VersionField]), cancellationToken);
        if (removed.Succeeded)
        {
            return id == context.Member().Id
                ? Notices.SeeOther(Paths.Root.Value!, "left")
                : Notices.SeeOther(MemberModels.ListPath(removed.Value.WorkspaceId), "removed");
        }

        var member = await operations.GetAsync(context.Workspace().WorkspaceId, id, cancellationToken);
        return member.Succeeded ? Show(context, member.Value, removed.Error) : PageErrors.Of(member.Error);
    }

    private static IResult Show(HttpContext context, Member member, ApiError? error)
    {
        var shown = MemberModels.Of(context, member);
        var (title, text, action) = shown switch
        {
            { IsSelf: true } => (Values.Format(MemberTexts.LeaveTitle, context.Workspace().Workspace.Name), MemberTexts.LeaveText, MemberTexts.Leave),
            { IsInvited: true } => (
                Values.Format(MemberTexts.RemoveInvitationTitle, shown.Title),
                Values.Format(MemberTexts.RemoveInvitationText, shown.Email),
                MemberTexts.RemoveInvitation),
            _ => (Values.Format(MemberTexts.RemoveTitle, shown.Title), Values.Format(MemberTexts.RemoveText, shown.Email), MemberTexts.Remove),
        };
        var model = new MemberRemovalModel(
            Frames.Layout(context, title, Section.Settings),
            shown,
            EntityTags.Of(member).ToString(),
            title,
            text,
            action,
            error is { Status: StatusCodes.Status412PreconditionFailed } ? MemberTexts.MemberChanged : error?.Message);
        return Page.Of<Pages.Settings.MemberRemoval, MemberRemovalModel>(model, error?.Status ?? StatusCodes.Status200OK);
    }
}

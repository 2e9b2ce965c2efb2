using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The confirmation of the removal of a member, of the withdrawal of an invitation, and of the person's own departure.</summary>
internal static class MemberRemovalPage
{
    /// <summary>The notice on the list of workspaces after the person has left one.</summary>
    public const string Left = "left";

    internal static async Task<IResult> AskAsync(
        HttpContext context, string id, MemberOperations operations, CancellationToken cancellationToken)
    {
        if (MemberOperations.ValidateRemoval(context.Principal(), id) is { } error)
        {
            return PageErrors.Of(error);
        }

        var member = await operations.GetAsync(context.Workspace().WorkspaceId, id, cancellationToken);
        return member.Succeeded ? Show(context, member.Value, error: null) : PageErrors.Of(member.Error);
    }

    internal static async Task<IResult> RemoveAsync(
        HttpContext context, string id, MemberOperations operations, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var removed = await operations.RemoveAsync(
            context.Principal(), id, IfMatch.Of(form[FormFields.Version]), cancellationToken);
        if (removed.Succeeded)
        {
            return id == context.Member().Id
                ? Notices.SeeOther(Paths.Workspaces.Value!, Left)
                : Notices.SeeOther(MemberModels.ListPath(removed.Value.WorkspaceId), "removed");
        }

        if (removed.Error.Status == StatusCodes.Status403Forbidden)
        {
            return PageErrors.Of(removed.Error);
        }

        var member = await operations.GetAsync(context.Workspace().WorkspaceId, id, cancellationToken);
        return member.Succeeded ? Show(context, member.Value, removed.Error) : PageErrors.Of(member.Error);
    }

    private static IResult Show(HttpContext context, Member member, ApiError? error)
    {
        var shown = MemberModels.Of(context, member);
        var removal = MemberModels.RemovalOf(context, shown);
        var model = new MemberRemovalModel(
            Frames.Layout(context, removal.Title, Section.Settings),
            shown,
            EntityTags.Of(member).ToString(),
            removal,
            error?.Explain(MemberTexts.MemberChanged).Message);
        return Page.Of<Pages.Settings.MemberRemoval, MemberRemovalModel>(model, error?.Status ?? StatusCodes.Status200OK);
    }
}

using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Tenancy;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The form of an invitation.</summary>
internal static class InvitationPage
{
    private static readonly FormState Empty = FormState.Of((MemberPage.RoleField, Role.Member.Name()));

    internal static IResult New(HttpContext context) => Show(context, Empty, StatusCodes.Status200OK);

    internal static async Task<IResult> InviteAsync(HttpContext context, MemberOperations operations, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new FormBody(form).Text(MemberPage.EmailField).Text(FormFields.Name).Text(MemberPage.RoleField).ToJson();
        var invited = await operations.InviteAsync(context.Principal(), body, cancellationToken);
        return invited.Succeeded
            ? Notices.SeeOther(MemberModels.PagePath(invited.Value.WorkspaceId, invited.Value.Id), MemberPage.Invited)
            : Show(context, FormState.Refused(form, invited.Error), invited.Error.Status);
    }

    private static IResult Show(HttpContext context, FormState form, int status)
    {
        // Only owners appoint owners, as the operation checks.
        var roles = Enum.GetValues<Role>().Where(role => role <= context.Principal().Role).Select(MemberModels.ChoiceOf);
        var model = new InvitationModel(
            Frames.Layout(context, MemberTexts.Invite, Section.Settings),
            MemberModels.ListPath(context.Workspace().WorkspaceId),
            form,
            [.. roles]);
        return Page.Of<Pages.Settings.Invitation, InvitationModel>(model, status);
    }
}

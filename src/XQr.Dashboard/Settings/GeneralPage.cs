using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Settings;

/// <summary>The name and the description of a workspace.</summary>
internal static class GeneralPage
{
    /// <summary>Returns the path of the page.</summary>
    public static string PathOf(string workspaceId) => Paths.Of(workspaceId, "settings/general");

    internal static Task<IResult> ShowAsync(HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken) =>
        ShowAsync(context, operations, form: null, StatusCodes.Status200OK, cancellationToken);

    internal static async Task<IResult> SaveAsync(HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new FormBody(form).TextOrNull(FormFields.Name).TextOrNull(FormFields.Description).ToJson();
        var saved = await operations.UpdateAsync(context.Principal(), body, IfMatch.Of(form[FormFields.Version]), cancellationToken);
        if (saved.Succeeded)
        {
            return Notices.SeeOther(PathOf(saved.Value.Id), "saved");
        }

        var error = saved.Error.Explain(WorkspaceTexts.ChangedElsewhere);
        return await ShowAsync(context, operations, FormState.Refused(form, error), error.Status, cancellationToken);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, WorkspaceOperations operations, FormState? form, int status, CancellationToken cancellationToken)
    {
        var found = await operations.GetAsync(context.Workspace().WorkspaceId, cancellationToken);
        if (!found.Succeeded)
        {
            return PageErrors.Of(found.Error);
        }

        var (workspace, readOnly) = (found.Value, await Managers.NoticeAsync(context, WorkspaceTexts.ReadOnly));
        var model = new GeneralSettingsModel(
            Frames.Layout(context, FrameTexts.General, Section.Settings),
            PathOf(workspace.Id),
            workspace.Id,
            workspace.Plan.ToString(),
            workspace.CreatedAt,
            WorkspaceResponse.From(workspace).Version().ToString(),
            form ?? FormState.Of((FormFields.Name, workspace.Name), (FormFields.Description, workspace.Description)),
            Notices.Of(context.Request, NoticeOf) ?? readOnly);
        return Page.Of<Pages.Settings.General, GeneralSettingsModel>(model, status);
    }

    private static AlertModel? NoticeOf(string done) => done == "saved" ? new("ok", WorkspaceTexts.Saved) : null;
}

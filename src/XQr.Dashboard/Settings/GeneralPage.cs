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
    public const string NameField = "name";
    public const string DescriptionField = "description";
    public const string VersionField = "version";

    /// <summary>Returns the path of the page.</summary>
    public static string PathOf(string workspaceId) => Paths.Of(workspaceId, "settings/general");

    internal static Task<IResult> ShowAsync(HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken) =>
        ShowAsync(context, operations, form: null, StatusCodes.Status200OK, cancellationToken);

    internal static async Task<IResult> SaveAsync(HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new FormBody(form).TextOrNull(NameField).TextOrNull(DescriptionField).ToJson();
        var saved = await operations.UpdateAsync(context.Principal(), body, IfMatch.Of(form[VersionField]), cancellationToken);
        if (saved.Succeeded)
        {
            return Notices.SeeOther(PathOf(saved.Value.Id), "saved");
        }

        var error = saved.Error.Status == StatusCodes.Status412PreconditionFailed
            ? saved.Error with { Message = WorkspaceTexts.ChangedElsewhere }
            : saved.Error;
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

        var workspace = found.Value;
        var model = new GeneralSettingsModel(
            Frames.Layout(context, FrameTexts.General, Section.Settings),
            PathOf(workspace.Id),
            workspace.Id,
            workspace.Plan.ToString(),
            workspace.CreatedAt,
            WorkspaceResponse.From(workspace).Version().ToString(),
            form ?? FormState.Of((NameField, workspace.Name), (DescriptionField, workspace.Description)),
            Notices.Of(context.Request, NoticeOf));
        return Page.Of<Pages.Settings.General, GeneralSettingsModel>(model, status);
    }

    private static AlertModel? NoticeOf(string done) => done == "saved" ? new("ok", WorkspaceTexts.Saved) : null;
}

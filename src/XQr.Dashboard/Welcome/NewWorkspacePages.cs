using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Settings;

namespace XQr.Dashboard.Welcome;

/// <summary>The creation of a workspace, where the service allows it.</summary>
internal static class NewWorkspacePages
{
    internal static IResult New(HttpContext context, AccountOperations operations) => operations.AllowsCreation
        ? Show(context, FormState.Empty, FormCreations.NewId(), StatusCodes.Status200OK)
        : PageErrors.Of(DeveloperErrors.CreationNotAllowed());

    internal static async Task<IResult> CreateAsync(
        HttpContext context, AccountOperations operations, FormCreations creations, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var id = FormCreations.IdOf(form);
        var body = new FormBody(form).Text(FormFields.Name).TextOrNull(FormFields.Description).ToJson();
        var created = await creations.RunAsync(
            context,
            id,
            body,
            async _ => await operations.CreateWorkspaceAsync(context.Person(), body, cancellationToken) is var result && result.Succeeded
                ? Paths.Of(result.Value.Id)
                : result.Error,
            cancellationToken);
        return created.Succeeded
            ? Notices.SeeOther(created.Value, "created")
            : Show(context, FormState.Refused(form, created.Error), id, created.Error.Status);
    }

    private static IResult Show(HttpContext context, FormState form, string creationId, int status) =>
        Page.Of<Pages.Welcome.NewWorkspace, NewWorkspaceModel>(new(Frames.Layout(context, WelcomeTexts.NewTitle), form, creationId), status);
}

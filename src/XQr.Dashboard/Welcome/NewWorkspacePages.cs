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
    public const string NameField = "name";
    public const string DescriptionField = "description";

    internal static IResult New(HttpContext context, AccountOperations operations) => operations.AllowsCreation
        ? Show(context, FormState.Empty, StatusCodes.Status200OK)
        : PageErrors.Of(DeveloperErrors.CreationNotAllowed());

    internal static async Task<IResult> CreateAsync(HttpContext context, AccountOperations operations, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new FormBody(form).Text(NameField).TextOrNull(DescriptionField).ToJson();
        var created = await operations.CreateWorkspaceAsync(context.Person(), body, cancellationToken);
        return created.Succeeded
            ? Notices.SeeOther(Paths.Of(created.Value.Id), "created")
            : Show(context, FormState.Refused(form, created.Error), created.Error.Status);
    }

    private static IResult Show(HttpContext context, FormState form, int status) =>
        Page.Of<Pages.Welcome.NewWorkspace, NewWorkspaceModel>(new(Frames.Layout(context, WelcomeTexts.NewTitle), form), status);
}

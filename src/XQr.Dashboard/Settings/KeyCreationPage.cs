using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The form of a new key.</summary>
internal static class KeyCreationPage
{
    internal static IResult New(HttpContext context) => Show(context, KeyForm.Empty, FormCreations.NewId(), StatusCodes.Status200OK);

    internal static async Task<IResult> CreateAsync(
        HttpContext context, KeyOperations operations, KeySecretPage secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var creationId = FormCreations.IdOf(form);
        return await secrets.CreateAsync(
            context,
            creationId,
            KeyForm.Content(form),
            () => operations.CreateAsync(context.Principal(), KeyForm.Body(form, time.GetUtcNow()), cancellationToken),
            error => Task.FromResult(Show(context, FormState.Refused(form, KeyForm.Explain(form, error)), creationId, error.Status)),
            cancellationToken);
    }

    private static IResult Show(HttpContext context, FormState form, string creationId, int status)
    {
        var model = new KeyFormModel(
            Frames.Layout(context, DeveloperTexts.NewKey, Section.Settings),
            KeyModelFactory.ListPath(context.Workspace().WorkspaceId),
            form,
            creationId);
        return Page.Of<Pages.Settings.KeyCreation, KeyFormModel>(model, status);
    }
}

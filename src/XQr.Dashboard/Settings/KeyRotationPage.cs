using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The form that replaces a key. It is on the page of the key.</summary>
internal static class KeyRotationPage
{
    private const string OverlapField = "overlap_seconds";

    internal static async Task<IResult> RotateAsync(
        HttpContext context,
        string id,
        KeyOperations operations,
        KeyModelFactory models,
        KeySecretPage secrets,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new FormBody(form).Integer(OverlapField).ToJson();
        return await secrets.CreateAsync(
            context,
            FormCreations.IdOf(form),
            body,
            () => operations.RotateAsync(context.Principal(), id, body, cancellationToken),
            error => KeyPage.ShowRefusedAsync(
                context, id, operations, models, error, shown => KeyForms.Empty with { Rotate = FormState.Refused(form, shown) }, cancellationToken),
            cancellationToken);
    }
}

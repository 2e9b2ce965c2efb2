using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Settings;

/// <summary>The page of a key, where it is renamed and revoked.</summary>
internal static class KeyPage
{
    private const string PrefixField = "prefix";

    internal static async Task<IResult> ShowAsync(
        HttpContext context, string id, KeyOperations operations, KeyModelFactory models, CancellationToken cancellationToken)
    {
        var key = await operations.GetAsync(context.Workspace().WorkspaceId, id, cancellationToken);
        if (!key.Succeeded)
        {
            return PageErrors.Of(key.Error);
        }

        var readOnly = await Managers.NoticeAsync(context, DeveloperTexts.ReadOnly);
        return Show(context, models, key.Value, KeyForms.Empty, Notices.Of(context.Request, NoticeOf) ?? readOnly);
    }

    internal static async Task<IResult> RenameAsync(
        HttpContext context, string id, KeyOperations operations, KeyModelFactory models, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new FormBody(form).TextOrNull(FormFields.Name).ToJson();
        var renamed = await operations.UpdateAsync(context.Principal(), id, body, IfMatch.Of(form[FormFields.Version]), cancellationToken);
        return renamed.Succeeded
            ? Notices.SeeOther(KeyModelFactory.PagePath(renamed.Value.WorkspaceId, id), "renamed")
            : await ShowRefusedAsync(context, id, operations, models, renamed.Error, FormsOf, cancellationToken);

        KeyForms FormsOf(ApiError error) => KeyForms.Empty with { Rename = FormState.Refused(form, error) };
    }

    internal static async Task<IResult> RevokeAsync(
        HttpContext context, string id, KeyOperations operations, KeyModelFactory models, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var key = await operations.GetAsync(context.Workspace().WorkspaceId, id, cancellationToken);
        if (!key.Succeeded)
        {
            return PageErrors.Of(key.Error);
        }

        // A person may paste the whole key, so what was typed is not shown again.
        if (ApiKeyText.PrefixNamedBy(form[PrefixField].ToString().Trim()) != key.Value.Prefix)
        {
            var error = ApiErrors.InvalidField(PrefixField, Values.Format(DeveloperTexts.PrefixMustMatch, key.Value.Prefix));
            return Show(context, models, key.Value, KeyForms.Empty with { Revoke = FormState.Refused(FormCollection.Empty, error) }, error: error);
        }

        var revoked = await operations.RevokeAsync(context.Principal(), id, IfMatch.Any, cancellationToken);
        return revoked.Succeeded
            ? Notices.SeeOther(KeyModelFactory.ListPath(key.Value.WorkspaceId), "revoked")
            : PageErrors.Of(revoked.Error);
    }

    /// <summary>Shows the page of a key with the form that an operation refused.</summary>
    internal static async Task<IResult> ShowRefusedAsync(
        HttpContext context,
        string id,
        KeyOperations operations,
        KeyModelFactory models,
        ApiError error,
        Func<ApiError, KeyForms> formsOf,
        CancellationToken cancellationToken)
    {
        var key = await operations.GetAsync(context.Workspace().WorkspaceId, id, cancellationToken);
        if (!key.Succeeded)
        {
            return PageErrors.Of(key.Error);
        }

        var shown = error.Explain(Values.Format(DeveloperTexts.KeyChanged, key.Value.Name));
        return Show(context, models, key.Value, formsOf(shown), error: shown);
    }

    private static IResult Show(
        HttpContext context, KeyModelFactory models, ListedKey key, KeyForms forms, AlertModel? notice = null, ApiError? error = null)
    {
        var layout = Frames.Layout(context, key.Name, Section.Settings);
        var model = new KeyPageModel(
            layout,
            KeyModelFactory.ListPath(key.WorkspaceId),
            models.Of(key),
            EntityTags.Of(key).ToString(),
            forms,
            FormCreations.NewId(),
            layout.Frame!.CanManage,
            notice,
            IsSentAgain: context.Request.Query[Notices.Done] == KeySecretPage.SentAgain);
        return Page.Of<Pages.Settings.KeyDetail, KeyPageModel>(model, error?.Status ?? StatusCodes.Status200OK);
    }

    private static AlertModel? NoticeOf(string done) => done == "renamed" ? new("ok", DeveloperTexts.Renamed) : null;
}

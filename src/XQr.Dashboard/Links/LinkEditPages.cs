using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>The change of a link.</summary>
internal static class LinkEditPages
{
    /// <summary>Shows the form of a link.</summary>
    internal static async Task<IResult> EditAsync(
        HttpContext context, string id, LinkOperations operations, LinkModelFactory models, CancellationToken cancellationToken)
    {
        var found = await operations.GetAsync(context.Workspace(), id, cancellationToken);
        return found.Succeeded
            ? Show(context, models, found.Value, LinkForm.Of(found.Value), RuleForm.Of(found.Value.RoutingRules))
            : PageErrors.Of(found.Error);
    }

    /// <summary>
    /// Saves the form, or changes its list of rules. If another person has changed the link since, the page shows both versions, and the
    /// form then replaces the other version.
    /// </summary>
    internal static async Task<IResult> SaveAsync(
        HttpContext context, string id, LinkOperations operations, LinkModelFactory models, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (rules, version, action) = (RuleForm.Read(form), form[FormFields.Version].ToString(), form[RuleForm.ActionName].ToString());
        ApiError? error = null;
        if (!RuleForm.TryChange(rules, action))
        {
            var body = LinkForm.Body(form, rules).ToJson();
            var saved = await operations.UpdateAsync(context.Workspace(), id, body, IfMatch.Of(version), cancellationToken);
            if (saved.Succeeded)
            {
                return LinkNotices.SeeOther(context, LinkModelFactory.PagePath(saved.Value), "saved");
            }

            error = saved.Error;
        }

        var found = await operations.GetAsync(context.Workspace(), id, cancellationToken);
        if (!found.Succeeded)
        {
            return PageErrors.Of(found.Error);
        }

        var state = error is null ? FormState.Of(form) : FormState.Refused(form, error);
        var isConflict = error?.Status == StatusCodes.Status412PreconditionFailed;
        return Show(
            context,
            models,
            found.Value,
            state,
            rules,
            isConflict ? null : version,
            isConflict ? LinkForm.Conflicts(form, rules, found.Value) : null,
            error?.Status ?? StatusCodes.Status200OK,
            error is null ? RuleForm.AddedField(rules, action) : null);
    }

    private static IResult Show(
        HttpContext context,
        LinkModelFactory models,
        Link link,
        FormState form,
        IReadOnlyList<RuleModel> rules,
        string? version = null,
        IReadOnlyList<ConflictModel>? conflict = null,
        int status = StatusCodes.Status200OK,
        string? focus = null)
    {
        var (shown, canRoute) = (models.Of(link), context.Workspace().Plan.Features.RoutingRules);
        var model = new LinkFormModel(
            Frames.Layout(context, LinkTexts.EditLink, Section.Links),
            Action: $"{shown.Path}/edit",
            Cancel: shown.Path,
            form,
            rules,
            canRoute,
            canRoute ? [] : RuleSentences.Of(link.RoutingRules),
            shown,
            CreationId: null,
            version ?? shown.Version,
            models.PreviewOf(link.ShortCode),
            conflict)
        {
            Focus = focus,
        };
        return Page.Of<Pages.Links.Edit, LinkFormModel>(model, status);
    }
}

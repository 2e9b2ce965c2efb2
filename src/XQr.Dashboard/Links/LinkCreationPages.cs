using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>The creation of a link, and the check of its short code.</summary>
internal static class LinkCreationPages
{
    private const string SlugField = "custom_slug";

    /// <summary>Shows an empty form, or one with the destination and the short code of the query.</summary>
    internal static IResult New(HttpContext context, LinkModelFactory models)
    {
        var query = context.Request.Query;
        var form = FormState.Of(("url", query["url"].ToString()), (SlugField, query[SlugField].ToString()));
        return Show(context, models, form, [], FormCreations.NewId(), StatusCodes.Status200OK, focus: "url");
    }

    /// <summary>Creates the link, or changes the list of rules in the form.</summary>
    internal static async Task<IResult> CreateAsync(
        HttpContext context, LinkOperations operations, FormCreations creations, LinkModelFactory models, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var rules = RuleForm.Read(form);
        var id = FormCreations.IdOf(form);
        var action = form[RuleForm.ActionName].ToString();
        if (RuleForm.TryChange(rules, action))
        {
            return Show(context, models, FormState.Of(form), rules, id, StatusCodes.Status200OK, focus: RuleForm.AddedField(rules, action));
        }

        var body = LinkForm.Body(form, rules).Text(SlugField).ToJson();
        var created = await creations.RunAsync(
            context,
            id,
            body,
            async seed => await operations.CreateAsync(context.Workspace(), body, seed, cancellationToken) is var result && result.Succeeded
                ? LinkModelFactory.PagePath(result.Value)
                : result.Error,
            cancellationToken);
        return created.Succeeded
            ? LinkNotices.SeeOther(context, created.Value, "created")
            : Show(context, models, FormState.Refused(form, AtItsField(created.Error)), rules, id, created.Error.Status, IsLimit(created.Error));
    }

    /// <summary>Tells whether a short code is free, while the person types it.</summary>
    internal static async Task<IResult> CheckSlugAsync(
        HttpContext context, LinkOperations operations, LinkModelFactory models, CancellationToken cancellationToken)
    {
        var slug = context.Request.Query[SlugField].ToString();
        var error = slug.Length == 0 ? null : await operations.CheckSlugAsync(slug, cancellationToken);
        var (state, text) = (slug, error) switch
        {
            ("", _) => ("", ""),
            (_, null) => ("free", LinkTexts.SlugFree),
            (_, { Status: StatusCodes.Status409Conflict }) => ("taken", LinkTexts.SlugTaken),
            _ => ("invalid", LinkTexts.SlugRule),
        };
        var preview = models.PreviewOf(state == "free" ? slug : null) with { ReplacesAnother = true };
        return Page.Of<Pages.Links.SlugState, SlugStateModel>(new(state, text, preview));
    }

    /// <summary>Returns the error with its field, so that the form shows it there.</summary>
    private static ApiError AtItsField(ApiError error) => error.Code == LinkErrors.SlugTaken("").Code
        ? error with { Details = ApiErrors.InvalidField(SlugField, LinkTexts.SlugTakenAtField).Details }
        : error;

    private static bool IsLimit(ApiError error) => error.Code == ApiErrors.PlanLimitExceeded("").Code;

    private static IResult Show(
        HttpContext context,
        LinkModelFactory models,
        FormState form,
        IReadOnlyList<RuleModel> rules,
        string creationId,
        int status,
        bool isLimit = false,
        string? focus = null)
    {
        var caller = context.Workspace();
        var list = LinkModelFactory.ListPath(caller.WorkspaceId);
        var model = new LinkFormModel(
            Frames.Layout(context, LinkTexts.NewLink, Section.Links),
            Action: $"{list}/new",
            Cancel: list,
            form,
            rules,
            caller.Plan.Features.RoutingRules,
            KeptRules: [],
            Link: null,
            creationId,
            Version: null,
            models.PreviewOf(ShortCodes.IsWellFormed(form.Value(SlugField)) ? form.Value(SlugField) : null))
        {
            Focus = focus,
            LimitsPath = isLimit ? Paths.Of(caller.WorkspaceId, "settings/usage") : null,
        };
        return Page.Of<Pages.Links.Edit, LinkFormModel>(model, status);
    }
}

using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Api.Urls;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Settings;

/// <summary>The page of a member, where the name and the role are changed.</summary>
internal static class MemberPage
{
    public const string EmailField = "email";
    public const string RoleField = "role";

    /// <summary>The notice on the page of a new invitation.</summary>
    public const string Invited = "invited";

    private const string Saved = "saved";

    internal static async Task<IResult> ShowAsync(
        HttpContext context, string id, MemberOperations operations, PublicUrls urls, CancellationToken cancellationToken)
    {
        var all = await operations.ListAsync(context.Workspace().WorkspaceId, cancellationToken);
        return Show(context, id, all, urls, form: null, StatusCodes.Status200OK);
    }

    internal static async Task<IResult> SaveAsync(
        HttpContext context, string id, MemberOperations operations, PublicUrls urls, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var body = new FormBody(form).TextOrNull(FormFields.Name).Text(RoleField).ToJson();
        var saved = await operations.UpdateAsync(context.Principal(), id, body, IfMatch.Of(form[FormFields.Version]), cancellationToken);
        if (saved.Succeeded)
        {
            return Notices.SeeOther(MemberModels.PagePath(saved.Value.WorkspaceId, id), Saved);
        }

        var error = saved.Error.Explain(MemberTexts.MemberChanged);
        var all = await operations.ListAsync(context.Workspace().WorkspaceId, cancellationToken);
        return Show(context, id, all, urls, FormState.Refused(form, error), error.Status);
    }

    private static IResult Show(
        HttpContext context, string id, IReadOnlyList<Member> all, PublicUrls urls, FormState? form, int status)
    {
        if (all.FirstOrDefault(each => each.Id == id) is not { } member)
        {
            return PageErrors.Of(DeveloperErrors.MemberNotFound());
        }

        var layout = Frames.Layout(context, member.Name ?? member.Email, Section.Settings);
        var canManage = layout.Frame!.CanManage;
        var (principal, shown) = (context.Principal(), MemberModels.Of(context, member));
        var violated = MemberRules.Validate(principal.Role, member, role: null, all);
        var canRemove = violated is null && MemberOperations.ValidateRemoval(principal, id) is null;
        var roles = Enum.GetValues<Role>().Where(role => MemberRules.Validate(principal.Role, member, role, all) is null);
        var model = new MemberPageModel(
            layout,
            MemberModels.ListPath(member.WorkspaceId),
            shown,
            EntityTags.Of(member).ToString(),
            form ?? FormState.Of((FormFields.Name, member.Name), (RoleField, member.Role.Name())),
            canManage ? [.. roles.Select(MemberModels.ChoiceOf)] : [],
            canRemove ? MemberModels.RemovalOf(context, shown) : null,
            canManage ? RestrictionOf(violated, all) : Managers.NoticeOf(all, MemberTexts.ReadOnly, Role.Admin),
            urls.Root + Paths.Of(member.WorkspaceId),
            Notices.Of(context.Request, done => NoticeOf(done, member)));
        return Page.Of<Pages.Settings.MemberDetail, MemberPageModel>(model, status);
    }

    private static AlertModel? RestrictionOf(MemberOutcome? violated, IReadOnlyList<Member> all) => violated switch
    {
        null => null,
        MemberOutcome.LastOwner => new("info", MemberTexts.LastOwner),
        _ => Managers.NoticeOf(all, MemberTexts.OwnersOnly, Role.Owner),
    };

    private static AlertModel? NoticeOf(string done, Member member) => done switch
    {
        Invited => new("ok", Values.Format(MemberTexts.InvitedDone, member.Email)),
        Saved => new("ok", MemberTexts.Changed),
        _ => null,
    };
}

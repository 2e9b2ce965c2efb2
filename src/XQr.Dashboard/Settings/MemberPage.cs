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
    public const string NameField = "name";
    public const string RoleField = "role";
    public const string VersionField = "version";

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
        var body = new FormBody(form).TextOrNull(NameField).Text(RoleField).ToJson();
        var saved = await operations.UpdateAsync(context.Principal(), id, body, IfMatch.Of(form[VersionField]), cancellationToken);
        if (saved.Succeeded)
        {
            return Notices.SeeOther(MemberModels.PagePath(saved.Value.WorkspaceId, id), Saved);
        }

        var error = saved.Error.Status == StatusCodes.Status412PreconditionFailed
            ? saved.Error with { Message = MemberTexts.MemberChanged }
            : saved.Error;
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
        var removal = MemberRules.Validate(context.Principal().Role, member, role: null, all);
        var roles = Enum.GetValues<Role>().Where(role => MemberRules.Validate(context.Principal().Role, member, role, all) is null);
        var model = new MemberPageModel(
            layout,
            MemberModels.ListPath(member.WorkspaceId),
            MemberModels.Of(context, member),
            EntityTags.Of(member).ToString(),
            form ?? FormState.Of((NameField, member.Name), (RoleField, member.Role.Name())),
            canManage ? [.. roles.Select(MemberModels.ChoiceOf)] : [],
            CanRemove: canManage && removal is null,
            canManage ? ExplanationOf(removal) : MemberTexts.ReadOnly,
            urls.Root + Paths.Of(member.WorkspaceId),
            Notices.Of(context.Request, done => NoticeOf(done, member)));
        return Page.Of<Pages.Settings.MemberDetail, MemberPageModel>(model, status);
    }

    private static string? ExplanationOf(MemberOutcome? violated) => violated switch
    {
        null => null,
        MemberOutcome.LastOwner => MemberTexts.LastOwner,
        _ => MemberTexts.OwnersOnly,
    };

    private static AlertModel? NoticeOf(string done, Member member) => done switch
    {
        Invited => new("ok", Values.Format(MemberTexts.InvitedDone, member.Email)),
        Saved => new("ok", MemberTexts.Changed),
        _ => null,
    };
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Hosting;

/// <summary>Names the people whom a member can ask for what only owners and admins may do.</summary>
internal static class Managers
{
    /// <summary>The number of people who are named. The list of members shows the others.</summary>
    public const int MaxNamed = 5;

    /// <summary>Returns the notice of a page that the person may only read; null for owners and admins. Costs one storage call for others.</summary>
    public static async Task<AlertModel?> NoticeAsync(HttpContext context, string text) =>
        context.Member().Role >= Role.Admin ? null : NoticeOf(await ReadAsync(context), text, Role.Admin);

    /// <summary>Returns the notice with the people who have at least a role.</summary>
    public static AlertModel NoticeOf(IReadOnlyList<Member> all, string text, Role least)
    {
        var people = MemberRules.WithRole(all, least);
        return people.Count > MaxNamed
            ? new("info", text, Paths.Of(people[0].WorkspaceId, "settings/members"), FrameTexts.AllMembers) { People = Named(people) }
            : new("info", text) { People = Named(people) };
    }

    /// <summary>Returns the owners and admins of the workspace of a page. Costs one storage call.</summary>
    public static async Task<IReadOnlyList<ContactModel>> NamedAsync(HttpContext context) =>
        Named(MemberRules.WithRole(await ReadAsync(context), Role.Admin));

    private static Task<IReadOnlyList<Member>> ReadAsync(HttpContext context) => context.RequestServices
        .GetRequiredService<MemberOperations>().ListAsync(context.Workspace().WorkspaceId, context.RequestAborted);

    private static ContactModel[] Named(IReadOnlyList<Member> people) =>
        [.. people.Take(MaxNamed).Select(member => new ContactModel(member.Email, member.Name))];
}

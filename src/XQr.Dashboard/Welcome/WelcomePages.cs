using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Pages.Parts;
using XQr.Dashboard.Settings;
using XQr.Dashboard.SignIn;

namespace XQr.Dashboard.Welcome;

/// <summary>The first page of the dashboard: the sign-in for visitors, and the choice of a workspace.</summary>
internal static class WelcomePages
{
    /// <summary>Shows the sign-in to a visitor. A person with exactly one workspace is sent to it.</summary>
    internal static async Task<IResult> StartAsync(
        HttpContext context, AccountOperations operations, ProviderSignIn provider, CancellationToken cancellationToken)
    {
        if (context.Api().Person is not { } person)
        {
            var callback = $"{context.Request.Scheme}://{context.Request.Host}{Paths.SignInCallback}";
            return Page.Of<Pages.Welcome.Start, WelcomeModel>(new(Frames.Layout(context, WelcomeTexts.Title), provider.IsAvailable, callback));
        }

        var workspaces = await operations.ListWorkspacesAsync(person, cancellationToken);
        return workspaces is [var only] ? TypedResults.LocalRedirect(Paths.Of(only.Workspace.Id)) : Show(context, operations, workspaces);
    }

    /// <summary>Shows the workspaces of the person.</summary>
    internal static async Task<IResult> ListAsync(HttpContext context, AccountOperations operations, CancellationToken cancellationToken) =>
        Show(context, operations, await operations.ListWorkspacesAsync(context.Person(), cancellationToken));

    private static IResult Show(
        HttpContext context, AccountOperations operations, IReadOnlyList<(Workspace Workspace, Member Member)> workspaces)
    {
        var title = workspaces.Count == 0 ? WelcomeTexts.NoWorkspaceTitle : WelcomeTexts.ChooseTitle;
        var model = new WorkspaceListModel(
            Frames.Layout(context, title) with { Flash = Notices.Of(context.Request, NoticeOf)?.Text },
            [
                .. from pair in workspaces
                   let workspace = pair.Workspace
                   select new WorkspaceChoice(
                       Paths.Of(workspace.Id), workspace.Name, RoleTexts.Of(pair.Member.Role.Name()), workspace.Plan.ToString()),
            ],
            operations.AllowsCreation && context.Person().IsEmailVerified,
            ExplanationFor(context.Person()));
        return Page.Of<Pages.Welcome.Choose, WorkspaceListModel>(model);
    }

    private static AlertModel? NoticeOf(string done) => done == MemberRemovalPage.Left ? new("ok", WelcomeTexts.Left) : null;

    private static string ExplanationFor(Person person) => person switch
    {
        { Email: null } => WelcomeTexts.NoEmail,
        { IsEmailVerified: false } => Values.Format(WelcomeTexts.UnverifiedEmail, person.Email),
        _ => Values.Format(WelcomeTexts.AskForInvitation, person.Email),
    };
}

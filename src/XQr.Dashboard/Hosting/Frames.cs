using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Hosting;

/// <summary>Creates the models of the frame around each page.</summary>
internal static class Frames
{
    /// <summary>Returns the model of the layout.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">The title of the page.</param>
    /// <param name="section">The part of the navigation that has the page.</param>
    public static LayoutModel Layout(HttpContext context, string title, Section section = Section.None)
    {
        var api = context.Api();
        var caller = context.Features.Get<DashboardContext>()?.Caller;
        var person = api.Person is { } known ? new PersonModel(known.Email ?? "", known.Name) : null;
        var frame = caller is not { Workspace: var workspace } || api.Member is not { } member
            ? null
            : new FrameModel(workspace.Id, workspace.Name, section, member.Role.Name(), member.Role >= Role.Admin)
            {
                CurrentPath = context.Request.Path,
                CanCreateKeys = member.Role >= Role.Admin && caller.Plan.ApiKeys != 0,
            };
        return new(title, person, frame, Tokens.Of(context)) { IsPart = context.Request.WantsPart() };
    }
}

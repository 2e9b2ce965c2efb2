using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.RateLimits;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Settings;

/// <summary>The list of keys, with the limits of the plan and the calls of the month.</summary>
internal static class KeyListPage
{
    internal static async Task<IResult> ListAsync(
        HttpContext context,
        KeyOperations operations,
        RateLimiter limiter,
        KeyModelFactory models,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return PageErrors.Of(errors.ToError());
        }

        var caller = context.Workspace();
        var reading = limiter.CountCallsAsync(caller.WorkspaceId, time.GetUtcNow(), cancellationToken);
        var keys = await operations.ListAsync(caller.WorkspaceId, page, cancellationToken);
        var readOnly = await Managers.NoticeAsync(context, DeveloperTexts.ReadOnly);
        var path = KeyModelFactory.ListPath(caller.WorkspaceId);
        var model = new KeyListModel(
            Frames.Layout(context, DeveloperTexts.Title, Section.Settings),
            path,
            [.. keys.Keys.Select(models.Of)],
            new(DeveloperTexts.KeysUsed, keys.ActiveCount, caller.Plan.ApiKeys),
            new(DeveloperTexts.CallsThisMonth, await reading, caller.Plan.CallsPerMonth),
            caller.Plan.Features.ApiAccess,
            Pagers.Of(path, page with { Total = keys.Total }),
            Notices.Of(context.Request, NoticeOf) ?? readOnly);
        return Page.Of<Pages.Settings.KeyList, KeyListModel>(model);
    }

    private static AlertModel? NoticeOf(string done) => done == "revoked" ? new("ok", DeveloperTexts.Revoked) : null;
}

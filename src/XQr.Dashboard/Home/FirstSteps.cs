using XQr.Api.Analytics.Queries;
using XQr.Api.Links;
using XQr.Api.Tenancy;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Home;

/// <summary>The first steps of a new workspace.</summary>
internal static class FirstSteps
{
    /// <summary>Returns the steps that the member may take; none if all are done.</summary>
    /// <param name="frame">The frame of the workspace.</param>
    /// <param name="plan">The plan of the workspace.</param>
    /// <param name="links">The newest links.</param>
    /// <param name="usage">The counts of links.</param>
    /// <param name="scans">The scans of the last days.</param>
    /// <param name="entries">The newest entries of the audit log.</param>
    public static IReadOnlyList<StepModel> Of(
        FrameModel frame, PlanOptions plan, IReadOnlyList<LinkModel> links, LinkUsage usage, ScanOverview scans, IReadOnlyList<AuditEntry> entries)
    {
        var newest = links.Count > 0 ? links[0] : null;
        var steps = new List<StepModel>
        {
            new(HomeTexts.StepLink, frame.Path("links/new"), usage.Links > 0),
            new(HomeTexts.StepQr, newest is null ? null : $"{newest.Path}#qr", usage.DynamicQr > 0),
            new(HomeTexts.StepScan, newest?.Path, scans.Last.Scans > 0 || links.Any(link => link.Scans > 0)),
        };
        if (frame.CanManage && plan.ApiKeys != 0)
        {
            steps.Add(new(HomeTexts.StepKey, frame.Path("settings/developers/new"), Has(AuditActions.KeyCreated)));
        }

        if (frame.CanManage)
        {
            // An operator invites the first owner.
            var hasInvited = entries.Any(entry => entry.Action == AuditActions.MemberInvited && entry.Actor != Actor.Operator);
            steps.Add(new(HomeTexts.StepInvite, frame.Path("settings/members/new"), hasInvited));
        }

        return steps.TrueForAll(step => step.IsDone) ? [] : steps;

        bool Has(string action) => entries.Any(entry => entry.Action == action);
    }
}

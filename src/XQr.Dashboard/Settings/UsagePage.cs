using Microsoft.AspNetCore.Http;
using XQr.Api.Tenancy;
using XQr.Api.Workspaces;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Members;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>The usage of a workspace, and the limits and features of its plan.</summary>
internal static class UsagePage
{
    private const long BytesPerMb = 1024 * 1024;

    internal static async Task<IResult> ShowAsync(HttpContext context, WorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var caller = context.Workspace();
        var usage = await operations.GetUsageAsync(caller, cancellationToken);
        var model = new UsageModel(
            Frames.Layout(context, FrameTexts.Usage, Section.Settings),
            caller.Workspace.Plan.ToString(),
            LimitsOf(usage, caller.Plan),
            FeaturesOf(caller.Plan.Features));
        return Page.Of<Pages.Settings.UsageOverview, UsageModel>(model);
    }

    private static UsageLimitModel[] LimitsOf(Usage usage, PlanOptions plan) =>
    [
        new(new(WorkspaceTexts.LinksPerMonth, usage.LinksCreatedThisMonth, plan.LinksPerMonth), WorkspaceTexts.LinksEffect),
        new(new(WorkspaceTexts.DynamicQr, usage.DynamicQr, plan.DynamicQr), WorkspaceTexts.DynamicQrEffect),
        new(new(WorkspaceTexts.Templates, usage.TotalQrTemplates, plan.QrTemplates), WorkspaceTexts.TemplatesEffect),
        new(new(WorkspaceTexts.StorageMb, MbOf(usage.StorageBytes), plan.StorageMb), WorkspaceTexts.StorageEffect),
        new(new(WorkspaceTexts.CallsPerMonth, usage.ApiCallsThisMonth, plan.CallsPerMonth), WorkspaceTexts.CallsEffect),
    ];

    private static FeatureModel[] FeaturesOf(PlanFeatures features) =>
    [
        new(WorkspaceTexts.ApiAccess, features.ApiAccess),
        new(WorkspaceTexts.RoutingRules, features.RoutingRules),
        new(WorkspaceTexts.BulkOps, features.BulkOps),
        new(WorkspaceTexts.CsvExport, features.CsvExport),
        new(WorkspaceTexts.AdFree, features.AdFree),
    ];

    private static long MbOf(long bytes) => (bytes + BytesPerMb - 1) / BytesPerMb;
}

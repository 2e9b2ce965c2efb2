using XQr.Api.Pipeline;

namespace XQr.Api.Workspaces;

/// <summary>What a workspace uses of its plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Usage">What is used.</param>
/// <param name="Limits">What may be used.</param>
/// <param name="Features">What the plan has beside.</param>
internal sealed record UsageResponse(string Plan, UsageCounts Usage, UsageLimits Limits, UsageFeatures Features) : IExample<UsageResponse>
{
    public static UsageResponse Example { get; } = From(
        Workspaces.Plan.Pro,
        new PlansOptions().Pro,
        new Usage(LinksCreatedThisMonth: 12, ApiCallsThisMonth: 348, TotalLinks: 240, TotalQrTemplates: 3, TotalBioPages: 0, StorageBytes: 7_864_320));

    public static UsageResponse From(Plan plan, PlanOptions limits, Usage usage) =>
        new(plan.Name(), UsageCounts.From(usage), UsageLimits.From(limits), UsageFeatures.From(limits.Features));
}

/// <summary>What is used. Months are calendar months in UTC.</summary>
/// <param name="LinksCreatedThisMonth">Links created in this month, those that were deleted since too.</param>
/// <param name="ApiCallsThisMonth">Calls in this month, this one too.</param>
/// <param name="TotalLinks">Links that there are.</param>
/// <param name="TotalQrTemplates">QR templates that there are.</param>
/// <param name="TotalBioPages">Bio pages that there are.</param>
/// <param name="StorageBytes">Bytes of all assets.</param>
/// <param name="StorageMb">The same in units of 1,048,576 bytes, to two decimals.</param>
internal sealed record UsageCounts(
    int LinksCreatedThisMonth, int ApiCallsThisMonth, int TotalLinks, int TotalQrTemplates, int TotalBioPages, long StorageBytes, decimal StorageMb)
{
    private const decimal BytesPerMb = 1024 * 1024;

    public static UsageCounts From(Usage usage) => new(
        usage.LinksCreatedThisMonth,
        usage.ApiCallsThisMonth,
        usage.TotalLinks,
        usage.TotalQrTemplates,
        usage.TotalBioPages,
        usage.StorageBytes,
        decimal.Round(usage.StorageBytes / BytesPerMb, 2));
}

/// <summary>What may be used; null where there is no limit.</summary>
/// <param name="LinksPerMonth">Links created in a month.</param>
/// <param name="DynamicQr">Links alive whose QR code was ever rendered.</param>
/// <param name="BioPages">Bio pages.</param>
/// <param name="StorageMb">Assets, in units of 1,048,576 bytes.</param>
/// <param name="ApiCallsPerMonth">Calls in a month.</param>
/// <param name="QrTemplates">QR templates.</param>
internal sealed record UsageLimits(int? LinksPerMonth, int? DynamicQr, int? BioPages, int? StorageMb, int? ApiCallsPerMonth, int? QrTemplates)
{
    public static UsageLimits From(PlanOptions plan) =>
        new(plan.LinksPerMonth, plan.DynamicQr, plan.BioPages, plan.StorageMb, plan.CallsPerMonth, plan.QrTemplates);
}

/// <summary>What a plan has or lacks.</summary>
/// <param name="RoutingRules">Links that lead different visitors to different destinations.</param>
/// <param name="CsvExport">Scans as a CSV file.</param>
/// <param name="BulkOps">Many links created or switched by one call.</param>
/// <param name="AdFree">Pages without a note about this service.</param>
internal sealed record UsageFeatures(bool RoutingRules, bool CsvExport, bool BulkOps, bool AdFree)
{
    public static UsageFeatures From(PlanFeatures features) => new(features.RoutingRules, features.CsvExport, features.BulkOps, features.AdFree);
}

using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Workspaces;

/// <summary>The usage of a workspace and the limits of its plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Usage">The usage.</param>
/// <param name="Limits">The limits.</param>
/// <param name="Features">The features.</param>
internal sealed record UsageResponse(string Plan, UsageCounts Usage, UsageLimits Limits, UsageFeatures Features) : IExample<UsageResponse>
{
    public static UsageResponse Example { get; } = From(
        Tenancy.Plan.Pro,
        new PlansOptions().Pro,
        new Usage
        {
            LinksCreatedThisMonth = 12,
            ApiCallsThisMonth = 348,
            TotalLinks = 240,
            TotalQrTemplates = 3,
            TotalBioPages = 0,
            StorageBytes = 7_864_320,
        });

    public static UsageResponse From(Plan plan, PlanOptions limits, Usage usage) =>
        new(plan.Name(), UsageCounts.From(usage), UsageLimits.From(limits), UsageFeatures.From(limits.Features));
}

/// <summary>The usage. Months are calendar months in UTC.</summary>
/// <param name="LinksCreatedThisMonth">The links created in this month, including deleted links.</param>
/// <param name="ApiCallsThisMonth">The calls in this month, including this one.</param>
/// <param name="TotalLinks">The number of links.</param>
/// <param name="TotalQrTemplates">The number of QR templates.</param>
/// <param name="TotalBioPages">The number of bio pages.</param>
/// <param name="StorageBytes">The bytes of all assets.</param>
/// <param name="StorageMb">The same in units of 1,048,576 bytes, with two decimals.</param>
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

/// <summary>The limits of a plan; null if unlimited.</summary>
/// <param name="LinksPerMonth">The links created per month.</param>
/// <param name="DynamicQr">The existing links with a rendered QR code.</param>
/// <param name="BioPages">The bio pages.</param>
/// <param name="StorageMb">The size of assets in units of 1,048,576 bytes.</param>
/// <param name="ApiCallsPerMonth">The calls per month.</param>
/// <param name="QrTemplates">The QR templates.</param>
internal sealed record UsageLimits(int? LinksPerMonth, int? DynamicQr, int? BioPages, int? StorageMb, int? ApiCallsPerMonth, int? QrTemplates)
{
    public static UsageLimits From(PlanOptions plan) =>
        new(plan.LinksPerMonth, plan.DynamicQr, plan.BioPages, plan.StorageMb, plan.CallsPerMonth, plan.QrTemplates);
}

/// <summary>The features of a plan.</summary>
/// <param name="RoutingRules">Different destinations for different visitors.</param>
/// <param name="CsvExport">Export of scans as CSV.</param>
/// <param name="BulkOps">Creation and change of many links by one call.</param>
/// <param name="AdFree">Pages without a note about this service.</param>
internal sealed record UsageFeatures(bool RoutingRules, bool CsvExport, bool BulkOps, bool AdFree)
{
    public static UsageFeatures From(PlanFeatures features) => new(features.RoutingRules, features.CsvExport, features.BulkOps, features.AdFree);
}

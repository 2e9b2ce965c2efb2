namespace XQr.Api.Workspaces;

/// <summary>What a plan has or lacks (section <c>Xqr:Plans:{Plan}:Features</c>). By default all, in the free plan none.</summary>
public sealed class PlanFeatures
{
    /// <summary>Different destinations for different visitors.</summary>
    public bool RoutingRules { get; set; } = true;

    /// <summary>Export of scans as CSV.</summary>
    public bool CsvExport { get; set; } = true;

    /// <summary>Creation and change of many links by one call.</summary>
    public bool BulkOps { get; set; } = true;

    /// <summary>Pages without a note about this service.</summary>
    public bool AdFree { get; set; } = true;

    internal bool Has(PlanFeature feature) => feature switch
    {
        PlanFeature.RoutingRules => RoutingRules,
        PlanFeature.CsvExport => CsvExport,
        PlanFeature.BulkOps => BulkOps,
        _ => AdFree,
    };
}

/// <summary>One of <see cref="PlanFeatures"/>.</summary>
internal enum PlanFeature
{
    RoutingRules,
    CsvExport,
    BulkOps,
    AdFree,
}

namespace XQr.Api.Tenancy;

/// <summary>The features of a plan (section <c>Xqr:Plans:{Plan}:Features</c>). By default a plan has all; the free plan has none.</summary>
public sealed class PlanFeatures
{
    /// <summary>Gets or sets whether the workspace's keys may call the API.</summary>
    public bool ApiAccess { get; set; } = true;

    /// <summary>Gets or sets whether links may redirect different visitors to different destinations.</summary>
    public bool RoutingRules { get; set; } = true;

    /// <summary>Gets or sets whether scans can be exported as a CSV file.</summary>
    public bool CsvExport { get; set; } = true;

    /// <summary>Gets or sets whether one call can create or switch many links.</summary>
    public bool BulkOps { get; set; } = true;

    /// <summary>Gets or sets whether pages have no note about this service.</summary>
    public bool AdFree { get; set; } = true;

    internal bool Has(PlanFeature feature) => feature switch
    {
        PlanFeature.RoutingRules => RoutingRules,
        PlanFeature.CsvExport => CsvExport,
        PlanFeature.BulkOps => BulkOps,
        _ => AdFree,
    };
}

/// <summary>A feature of <see cref="PlanFeatures"/> that endpoints and fields require.</summary>
internal enum PlanFeature
{
    RoutingRules,
    CsvExport,
    BulkOps,
    AdFree,
}

namespace XQr.Api.Analytics.Figures;

/// <summary>What scans are counted by, beside the time. The order is that of the stored figures.</summary>
internal enum Dimension
{
    Country,
    Device,
    Browser,
    Os,
    Referrer,
}

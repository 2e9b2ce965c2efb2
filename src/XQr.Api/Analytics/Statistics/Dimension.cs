namespace XQr.Api.Analytics.Statistics;

/// <summary>What scans are counted by, beside the time. The order is that of the stored statistics.</summary>
internal enum Dimension
{
    Country,
    Device,
    Browser,
    Os,
    Referrer,
}

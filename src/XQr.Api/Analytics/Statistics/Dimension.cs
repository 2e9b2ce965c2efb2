namespace XQr.Api.Analytics.Statistics;

/// <summary>A property that scans are counted by. The order is that of the stored statistics.</summary>
internal enum Dimension
{
    Country,
    Device,
    Browser,
    Os,
    Referrer,
}

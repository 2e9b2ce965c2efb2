namespace XQr.Api.Tenancy;

/// <summary>The usage of a workspace, or the part of it that one slice counts; the other counts are 0.</summary>
/// <param name="LinksCreatedThisMonth">The links created in this calendar month (UTC), including deleted links.</param>
/// <param name="ApiCallsThisMonth">The admitted calls in this calendar month (UTC).</param>
/// <param name="TotalLinks">The number of links.</param>
/// <param name="TotalQrTemplates">The number of QR templates.</param>
/// <param name="TotalBioPages">The number of bio pages.</param>
/// <param name="StorageBytes">The bytes of all assets.</param>
/// <param name="DynamicQr">The number of links with a rendered QR code.</param>
internal sealed record Usage(
    int LinksCreatedThisMonth = 0,
    int ApiCallsThisMonth = 0,
    int TotalLinks = 0,
    int TotalQrTemplates = 0,
    int TotalBioPages = 0,
    long StorageBytes = 0,
    int DynamicQr = 0)
{
    public static Usage operator +(Usage one, Usage other) => new(
        one.LinksCreatedThisMonth + other.LinksCreatedThisMonth,
        one.ApiCallsThisMonth + other.ApiCallsThisMonth,
        one.TotalLinks + other.TotalLinks,
        one.TotalQrTemplates + other.TotalQrTemplates,
        one.TotalBioPages + other.TotalBioPages,
        one.StorageBytes + other.StorageBytes,
        one.DynamicQr + other.DynamicQr);
}

/// <summary>Counts the part of a workspace's usage that a slice knows. Each slice registers its own.</summary>
internal interface IUsageSource
{
    /// <summary>Returns the current usage. Costs one transaction, because the counts are stored.</summary>
    Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken);
}

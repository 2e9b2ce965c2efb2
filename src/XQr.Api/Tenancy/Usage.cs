namespace XQr.Api.Tenancy;

/// <summary>What a workspace uses, or the part of it that one slice knows: what a slice doesn't count is 0.</summary>
/// <param name="LinksCreatedThisMonth">Links created in this calendar month (UTC), whether or not they are alive.</param>
/// <param name="ApiCallsThisMonth">Admitted calls in this calendar month.</param>
/// <param name="TotalLinks">Links alive.</param>
/// <param name="TotalQrTemplates">Templates alive.</param>
/// <param name="TotalBioPages">Bio pages alive.</param>
/// <param name="StorageBytes">What assets count for.</param>
internal sealed record Usage(
    int LinksCreatedThisMonth = 0,
    int ApiCallsThisMonth = 0,
    int TotalLinks = 0,
    int TotalQrTemplates = 0,
    int TotalBioPages = 0,
    long StorageBytes = 0)
{
    public static Usage operator +(Usage one, Usage other) => new(
        one.LinksCreatedThisMonth + other.LinksCreatedThisMonth,
        one.ApiCallsThisMonth + other.ApiCallsThisMonth,
        one.TotalLinks + other.TotalLinks,
        one.TotalQrTemplates + other.TotalQrTemplates,
        one.TotalBioPages + other.TotalBioPages,
        one.StorageBytes + other.StorageBytes);
}

/// <summary>A slice that counts something of a workspace. Register it, and its count is part of the workspace's usage.</summary>
internal interface IUsageSource
{
    /// <summary>What is used now, from a count that is kept: a transaction, however much there is.</summary>
    Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken);
}

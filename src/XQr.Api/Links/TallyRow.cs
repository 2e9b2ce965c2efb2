using Azure.Data.Tables;

namespace XQr.Api.Links;

/// <summary>Maps the scans that a tally counts to a row: Count, LastScanAt and Days (<see cref="RecentScans"/>).</summary>
internal static class TallyRow
{
    /// <summary>Creates a row.</summary>
    public static TableEntity From(string workspaceId, string rowKey, LinkScans scans) => new(workspaceId, rowKey)
    {
        ["Count"] = scans.Count,
        ["LastScanAt"] = scans.LastAt,
        ["Days"] = scans.Recent.ToBytes(),
    };

    /// <summary>Returns the sum of the tallies in some rows.</summary>
    public static LinkScans Sum(IEnumerable<TableEntity> rows) => rows.Aggregate(LinkScans.None, (sum, row) => sum.Add(Read(row)));

    private static LinkScans Read(TableEntity row) => row.GetDateTimeOffset("LastScanAt") is { } lastAt
        ? new(row.GetInt64("Count") ?? 0, lastAt, RecentScans.Read(row.GetBinary("Days"), lastAt))
        : LinkScans.None;
}

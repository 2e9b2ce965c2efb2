using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>Converts the link counts of a workspace to a row and back.</summary>
internal static class LinkUsageRow
{
    /// <summary>Creates the commits that change links together with their counts.</summary>
    public static CountedCommits<LinkUsage> NewCommits(Tables tables, TimeProvider time) =>
        new(tables.Workspaces, LinkKeys.Usage, Read, From, time);

    private static TableEntity From(string workspaceId, string rowKey, LinkUsage usage) => new(workspaceId, rowKey)
    {
        ["Links"] = usage.Links,
        ["Disabled"] = usage.Disabled,
        ["DynamicQr"] = usage.DynamicQr,
        ["Month"] = usage.Month,
        ["Created"] = usage.Created,
    };

    private static LinkUsage Read(TableEntity row) => new(
        row.GetInt32("Links")!.Value,
        row.GetInt32("Disabled")!.Value,
        row.GetInt32("DynamicQr")!.Value,
        row.GetInt32("Month")!.Value,
        row.GetInt32("Created")!.Value);
}

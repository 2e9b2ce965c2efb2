using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>Converts the asset counts of a workspace to a row and back.</summary>
internal static class AssetUsageRow
{
    private const string RowKey = "an";

    public static CountedCommits<AssetUsage> NewCommits(Tables tables, TimeProvider time) => new(tables.Workspaces, RowKey, Read, From, time);

    private static TableEntity From(string workspaceId, string rowKey, AssetUsage usage) => new(workspaceId, rowKey)
    {
        ["Assets"] = usage.Assets,
        ["Bytes"] = usage.Bytes,
    };

    private static AssetUsage Read(TableEntity row) => new(row.GetInt32("Assets")!.Value, row.GetInt64("Bytes")!.Value);
}

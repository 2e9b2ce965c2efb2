using Azure.Data.Tables;
using XQr.Api.Primitives;

namespace XQr.Api.Assets;

/// <summary>Converts assets to rows and back.</summary>
internal static class AssetRow
{
    /// <summary>The prefix of the keys of assets, before their ids in hexadecimal digits.</summary>
    public const string Prefix = "a";

    /// <summary>A key after those of all assets.</summary>
    public const string End = "ag";

    public static string Key(Guid id) => Prefix + Ids.Descending(id);

    public static TableEntity From(Asset asset) => new(asset.WorkspaceId, Key(asset.Id))
    {
        ["Id"] = asset.Id,
        ["Filename"] = asset.Filename,
        ["MimeType"] = asset.Type.MimeType,
        ["FileSize"] = asset.FileSize,
        ["Status"] = asset.Status.ToString(),
        ["Tags"] = string.Join('\n', asset.Tags),
        ["PublicName"] = asset.PublicName,
        ["RetiredName"] = asset.RetiredName,
        ["Removed"] = asset.Removed.Count > 0 ? string.Join('\n', asset.Removed) : null,
        ["IsPublic"] = asset.IsPublic,
        ["CreatedAt"] = asset.CreatedAt,
        ["UpdatedAt"] = asset.UpdatedAt,
        ["Version"] = asset.Version,
    };

    public static Asset ToAsset(TableEntity row) => new(
        row.GetGuid("Id")!.Value,
        row.PartitionKey,
        row.GetString("Filename"),
        AssetTypes.Find(row.GetString("MimeType")) ?? AssetTypes.OctetStream,
        row.GetInt64("FileSize")!.Value,
        Enum.Parse<AssetStatus>(row.GetString("Status")),
        row.GetString("Tags").Split('\n', StringSplitOptions.RemoveEmptyEntries),
        row.GetDateTimeOffset("CreatedAt")!.Value,
        row.GetDateTimeOffset("UpdatedAt")!.Value)
    {
        PublicName = row.GetString("PublicName"),
        RetiredName = row.GetString("RetiredName"),
        Removed = row.GetString("Removed")?.Split('\n') ?? [],
        IsPublic = row.GetBoolean("IsPublic")!.Value,
        Version = row.GetString("Version"),
        RowVersion = row.ETag.ToString(),
    };
}

using Azure.Data.Tables;

namespace XQr.Api.Tenancy;

/// <summary>
/// Maps keys to their two rows.
/// <list type="table">
/// <item><term><c>ApiKeys</c>, partition = prefix, row <c>key</c></term><description>the row for key checks: Id, Workspace,
/// Scopes, Hash (SHA-256), ExpiresAt, RevokedAt, LastUsedAt</description></item>
/// <item><term><c>Workspaces</c>, partition = workspace id, row <c>k{prefix}</c></term><description>the key's slot, for lists: Id, Name,
/// Scopes, CreatedAt, ExpiresAt, RevokedAt</description></item>
/// </list>
/// </summary>
internal static class KeyRows
{
    public const string KeyRow = "key";
    public const string SlotPrefix = "k";

    public static TableEntity ToRow(ListedKey key, byte[] hash) => new(key.Prefix, KeyRow)
    {
        ["Id"] = key.Id,
        ["Workspace"] = key.WorkspaceId,
        ["Scopes"] = string.Join(' ', key.Scopes),
        ["Hash"] = hash,
        ["ExpiresAt"] = key.ExpiresAt,
    };

    public static ApiKey ToKey(TableEntity row) => new(
        row.GetString("Id"),
        row.GetString("Workspace"),
        row.PartitionKey,
        row.GetString("Scopes").Split(' '),
        row.GetDateTimeOffset("ExpiresAt"),
        row.GetDateTimeOffset("RevokedAt"),
        row.GetDateTimeOffset("LastUsedAt"))
    {
        Hash = row.GetBinary("Hash"),
    };

    public static TableEntity ToSlot(ListedKey key) => new(key.WorkspaceId, $"{SlotPrefix}{key.Prefix}")
    {
        ["Id"] = key.Id,
        ["Name"] = key.Name,
        ["Scopes"] = string.Join(' ', key.Scopes),
        ["CreatedAt"] = key.CreatedAt,
        ["ExpiresAt"] = key.ExpiresAt,
        ["RevokedAt"] = key.RevokedAt,
    };

    public static ListedKey FromSlot(TableEntity slot) => new(
        slot.GetString("Id"),
        slot.PartitionKey,
        slot.RowKey[SlotPrefix.Length..],
        slot.GetString("Name"),
        slot.GetString("Scopes").Split(' '),
        slot.GetDateTimeOffset("CreatedAt")!.Value,
        slot.GetDateTimeOffset("ExpiresAt"))
    {
        RevokedAt = slot.GetDateTimeOffset("RevokedAt"),
    };
}

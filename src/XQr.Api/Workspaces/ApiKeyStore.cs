using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Workspaces;

/// <summary>
/// API keys.
/// <list type="table">
/// <item><term><c>ApiKeys</c>, partition = prefix, row <c>key</c></term><description>what a key check reads: Id, Workspace, Name, Scopes,
/// Hash (SHA-256), CreatedAt, ExpiresAt, RevokedAt, LastUsedAt</description></item>
/// <item><term><c>Workspaces</c>, partition = workspace id, row <c>k{prefix}</c></term><description>which keys a workspace has: RevokedAt</description></item>
/// </list>
/// The workspace's row is written first, in a transaction that also touches the workspace, so that two creations at once can't pass
/// the plan's limit together. Where the process dies before the second write, the workspace has a slot in use that no key answers to;
/// <see cref="RevokeAsync"/> frees it. A revocation writes the key first: from then on it is refused.
/// </summary>
internal sealed class ApiKeyStore(Tables tables, TimeProvider time)
{
    private const string RowKey = "key";
    private const int Attempts = 10;

    /// <summary>Makes a key.</summary>
    /// <param name="workspaceId">Whose key it is.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="expiresAt">When it ends; null for never.</param>
    /// <param name="limit">How many keys the workspace may have alive; null for any number.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The key and its text, which is not kept anywhere; null where the limit is reached.</returns>
    public async Task<(ApiKey Key, string Text)?> TryCreateAsync(
        string workspaceId, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, int? limit, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var workspace = await tables.Workspaces.GetEntityAsync<TableEntity>(workspaceId, WorkspaceStore.RowKey, cancellationToken: cancellationToken);
            if (await CountAsync(workspaceId, cancellationToken) >= limit)
            {
                return null;
            }

            var now = time.GetUtcNow();
            var (prefix, text) = ApiKeyText.New();
            var key = new ApiKey(Ids.NewKey(now), workspaceId, name, prefix, scopes, now, expiresAt) { Hash = ApiKeyText.Hash(text) };
            try
            {
                await tables.Workspaces.SubmitTransactionAsync(
                    [
                        new(TableTransactionActionType.UpdateMerge, new TableEntity(workspaceId, WorkspaceStore.RowKey), workspace.Value.ETag),
                        new(TableTransactionActionType.Add, new TableEntity(workspaceId, IndexRow(prefix))),
                    ],
                    cancellationToken);
                await tables.ApiKeys.AddEntityAsync(ToRow(key), cancellationToken);
                return (key, text);
            }
            catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure) && attempt < Attempts)
            {
                // Another key was made at the same moment, or the prefix is in use: count again, with another prefix.
            }
        }
    }

    /// <summary>One point read.</summary>
    public async Task<ApiKey?> FindAsync(string prefix, CancellationToken cancellationToken) =>
        await tables.ApiKeys.FindAsync(prefix, RowKey, cancellationToken) is { } row ? ToKey(row) : null;

    /// <summary>Revokes a key for good; false where there is none with that prefix. Every instance refuses it within 10 seconds.</summary>
    public async Task<bool> RevokeAsync(string prefix, CancellationToken cancellationToken)
    {
        if (await FindAsync(prefix, cancellationToken) is not { } key)
        {
            return false;
        }

        var revokedAt = key.RevokedAt ?? time.GetUtcNow();
        await tables.ApiKeys.UpdateEntityAsync(
            new TableEntity(prefix, RowKey) { ["RevokedAt"] = revokedAt }, ETag.All, TableUpdateMode.Merge, cancellationToken);
        await tables.Workspaces.UpsertEntityAsync(
            new TableEntity(key.WorkspaceId, IndexRow(prefix)) { ["RevokedAt"] = revokedAt }, TableUpdateMode.Merge, cancellationToken);
        return true;
    }

    /// <summary>Notes that a key was used. Losing such a note harms nobody.</summary>
    public Task TouchAsync(string prefix, DateTimeOffset usedAt, CancellationToken cancellationToken) =>
        tables.ApiKeys.TryUpdateAsync(
            new TableEntity(prefix, RowKey) { ["LastUsedAt"] = usedAt }, ETag.All, TableUpdateMode.Merge, cancellationToken);

    private async Task<int> CountAsync(string workspaceId, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var row in tables.Workspaces.QueryPrefix(workspaceId, "k", ["RevokedAt"], cancellationToken))
        {
            count += row.GetDateTimeOffset("RevokedAt") is null ? 1 : 0;
        }

        return count;
    }

    private static string IndexRow(string prefix) => $"k{prefix}";

    private static TableEntity ToRow(ApiKey key) => new(key.Prefix, RowKey)
    {
        ["Id"] = key.Id,
        ["Workspace"] = key.WorkspaceId,
        ["Name"] = key.Name,
        ["Scopes"] = string.Join(' ', key.Scopes),
        ["Hash"] = key.Hash,
        ["CreatedAt"] = key.CreatedAt,
        ["ExpiresAt"] = key.ExpiresAt,
    };

    private static ApiKey ToKey(TableEntity row) => new(
        row.GetString("Id"),
        row.GetString("Workspace"),
        row.GetString("Name"),
        row.PartitionKey,
        row.GetString("Scopes").Split(' '),
        row.GetDateTimeOffset("CreatedAt")!.Value,
        row.GetDateTimeOffset("ExpiresAt"),
        row.GetDateTimeOffset("RevokedAt"),
        row.GetDateTimeOffset("LastUsedAt"))
    {
        Hash = row.GetBinary("Hash"),
    };
}

using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <content>Revokes and rotates keys. The order of the two rows is described at the top of the class.</content>
internal sealed partial class ApiKeyStore
{
    /// <summary>
    /// Revokes a key permanently: every instance rejects it within 10 seconds. Costs four transactions, or two if the key was revoked before.
    /// </summary>
    /// <param name="by">The member or operator who revokes the key.</param>
    /// <param name="id">The id of the key.</param>
    /// <param name="allows">A function that returns whether the current version of the key may be changed.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<KeyChange> RevokeAsync(Principal by, string id, Func<ListedKey, bool> allows, CancellationToken cancellationToken)
    {
        // As soon as the key is rejected, the slot must follow, even if another writer changes it in the meantime.
        var isRejected = false;
        return ChangeAsync(
            by.WorkspaceId,
            id,
            key => isRejected || allows(key),
            async key =>
            {
                if (key.RevokedAt <= time.GetUtcNow())
                {
                    return new(new(KeyOutcome.Done, key));
                }

                var revoked = await EndRowAsync(key, overlap: TimeSpan.Zero, cancellationToken);
                isRejected = true;
                return new(new(KeyOutcome.Done, revoked), EntryOf(by, AuditActions.KeyRevoked, key, ("prefix", key.Prefix)), Update(revoked));
            },
            cancellationToken);
    }

    /// <summary>
    /// Replaces a key by a new one with the same name, scopes and expiry. The number of active keys stays the same, so the plan's limit
    /// does not apply. The end of the old key is stored before the text of the new key is returned. Costs five transactions, or six with
    /// an overlap.
    /// </summary>
    /// <param name="by">The member or operator who rotates the key.</param>
    /// <param name="id">The id of the key.</param>
    /// <param name="overlap">The time for which the old key continues to work.</param>
    /// <param name="limit">A function that returns the maximum number of rotated keys that still work; null for no limit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<KeyChange> RotateAsync(
        Principal by, string id, TimeSpan overlap, Func<Workspace, int?> limit, CancellationToken cancellationToken)
    {
        var created = (NewKey?)null;
        var change = await audit.ChangeAsync<KeyChange>(
            by.WorkspaceId,
            async workspace =>
            {
                var (keys, now, max) = (await ListAsync(by.WorkspaceId, cancellationToken), time.GetUtcNow(), limit(workspace));
                if (keys.FirstOrDefault(key => key.Id == id) is not { } old)
                {
                    return new(new(KeyOutcome.NotFound));
                }

                if (!old.IsActive(now))
                {
                    return new(new(KeyOutcome.NotActive));
                }

                if (overlap > TimeSpan.Zero && keys.Count(key => key.IsInOverlap(now)) >= max)
                {
                    return new(new(KeyOutcome.TooManyOverlaps, Limit: max));
                }

                created ??= await AddRowAsync(by.WorkspaceId, new(old.Name, old.Scopes, old.ExpiresAt), cancellationToken);
                var (key, text) = created.Value;
                var ended = await EndRowAsync(old, overlap, cancellationToken);
                var entry = EntryOf(
                    by,
                    AuditActions.KeyRotated,
                    old,
                    ("prefix", old.Prefix),
                    ("new_id", key.Id),
                    ("new_prefix", key.Prefix),
                    ("revoked_at", Rfc3339.Format(ended.RevokedAt!.Value)));
                return new(new(KeyOutcome.Done, key, text), entry, Update(ended), Add(key));
            },
            cancellationToken);
        return await DeleteOrphanAsync(change, created?.Key, cancellationToken);
    }

    /// <summary>Writes the end of a key into the row for key checks.</summary>
    private async Task<ListedKey> EndRowAsync(ListedKey key, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var endsAt = time.GetUtcNow() + overlap;
        var revokedAt = await time.RetryAsync<DateTimeOffset>(
            $"key {key.Prefix}",
            async () =>
            {
                // With an overlap, the row may have an earlier end from another writer, which stays.
                var current = overlap > TimeSpan.Zero ? await tables.ApiKeys.FindAsync(key.Prefix, KeyRows.KeyRow, cancellationToken) : null;
                var end = Earlier(endsAt, current?.GetDateTimeOffset("RevokedAt"));
                var row = new TableEntity(key.Prefix, KeyRows.KeyRow) { ["RevokedAt"] = end };
                var version = await tables.ApiKeys.TryUpdateAsync(row, current?.ETag ?? ETag.All, TableUpdateMode.Merge, cancellationToken);
                return version is not null || current is null ? end : null;
            },
            cancellationToken);
        return key with { RevokedAt = revokedAt };
    }
}

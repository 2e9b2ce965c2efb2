using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <content>Revoking and replacing keys. The order of the two rows is described at the top of the class.</content>
internal sealed partial class ApiKeyStore
{
    /// <summary>Revokes a key for good, for an operator; false where there is none with that prefix.</summary>
    public async Task<bool> RevokeAsync(string prefix, CancellationToken cancellationToken) =>
        await FindAsync(prefix, cancellationToken) is { } key
        && await RevokeAsync(key.WorkspaceId, key.Id, _ => true, Actor.Operator, cancellationToken) is { Outcome: KeyOutcome.Done };

    /// <summary>Revokes a key for good: every instance refuses it within 10 seconds. Four transactions; two where it was revoked.</summary>
    public Task<KeyChange> RevokeAsync(string workspaceId, string id, Func<ListedKey, bool> allows, Actor by, CancellationToken cancellationToken)
    {
        // From then on there is no way back, whoever else changes the key meanwhile.
        var isRefused = false;
        return ChangeAsync(
            workspaceId,
            id,
            key => isRefused || allows(key),
            async key =>
            {
                if (key.RevokedAt <= time.GetUtcNow())
                {
                    return new(new(KeyOutcome.Done, key));
                }

                var revoked = await EndRowAsync(key, overlap: TimeSpan.Zero, cancellationToken);
                isRefused = true;
                return new(new(KeyOutcome.Done, revoked), EntryOf(by, AuditActions.KeyRevoked, key, ("prefix", key.Prefix)), Update(revoked));
            },
            cancellationToken);
    }

    /// <summary>
    /// Replaces a key by a new one of the same name, scopes and end, whatever the plan's limit: there is one more and one less. The end of
    /// the old one is written before anybody has the new one's text. Five transactions, six with an overlap.
    /// </summary>
    /// <param name="workspaceId">The workspace of the key.</param>
    /// <param name="id">The key.</param>
    /// <param name="overlap">How long the old key goes on working.</param>
    /// <param name="limit">How many keys a workspace may have, and how many that are replaced and still work; null for any number.</param>
    /// <param name="by">Who replaces it.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<KeyChange> RotateAsync(
        string workspaceId, string id, TimeSpan overlap, Func<Workspace, int?> limit, Actor by, CancellationToken cancellationToken)
    {
        var made = new KeyChange();
        return await DeleteOrphanAsync(
            await audit.ChangeAsync<KeyChange>(
                workspaceId,
                async workspace =>
                {
                    var (keys, now, max) = (await ListAsync(workspaceId, cancellationToken), time.GetUtcNow(), limit(workspace));
                    if (keys.FirstOrDefault(key => key.Id == id) is not { } old)
                    {
                        return new(new(KeyOutcome.NotFound));
                    }

                    if (!old.IsAlive(now))
                    {
                        return new(new(KeyOutcome.Ended));
                    }

                    if (overlap > TimeSpan.Zero && keys.Count(key => key.IsInOverlap(now)) >= max)
                    {
                        return new(new(KeyOutcome.TooManyOverlaps, Limit: max));
                    }

                    made = made.Key is null ? await AddRowAsync(workspaceId, new(old.Name, old.Scopes, old.ExpiresAt), cancellationToken) : made;
                    var ended = await EndRowAsync(old, overlap, cancellationToken);
                    var entry = EntryOf(
                        by, AuditActions.KeyRotated, old, ("prefix", old.Prefix), ("new_id", made.Key!.Id), ("new_prefix", made.Key.Prefix),
                        ("revoked_at", Rfc3339.Format(ended.RevokedAt!.Value)));
                    return new(made, entry, Update(ended), Add(made.Key));
                },
                cancellationToken),
            made.Key,
            cancellationToken);
    }

    /// <summary>Writes the end of a key into the row that key checks read.</summary>
    private async Task<ListedKey> EndRowAsync(ListedKey key, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var endsAt = time.GetUtcNow() + overlap;
        while (true)
        {
            // With an overlap, somebody else may have ended the key earlier in the meantime: that is never taken back.
            var known = overlap > TimeSpan.Zero ? await tables.ApiKeys.FindAsync(key.Prefix, KeyRows.KeyRow, cancellationToken) : null;
            var ended = key with { RevokedAt = Earlier(endsAt, known?.GetDateTimeOffset("RevokedAt")) };
            var row = new TableEntity(key.Prefix, KeyRows.KeyRow) { ["RevokedAt"] = ended.RevokedAt };
            var version = known?.ETag ?? ETag.All;
            if (await tables.ApiKeys.TryUpdateAsync(row, version, TableUpdateMode.Merge, cancellationToken) is not null || known is null)
            {
                return ended;
            }
        }
    }
}

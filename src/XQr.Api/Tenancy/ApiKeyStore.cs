using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>
/// Creates, reads, renames, rotates and revokes API keys. Each key has two rows, see <see cref="KeyRows"/>. The row for key checks is
/// written first; the key's slot follows in one transaction with the entry of the audit log. If the process dies between the two,
/// <list type="bullet">
/// <item>a new key has no slot: nobody knows its text, and it does not count towards the plan's limit;</item>
/// <item>a revoked key is rejected and shown as revoked, and counts until it is revoked again;</item>
/// <item>a key that was rotated without overlap is rejected, and can be rotated again;</item>
/// <item>a key that was rotated with an overlap works until the overlap ends, shows that time, and can be rotated again.</item>
/// </list>
/// A stored end of a key is only ever moved to an earlier time.
/// </summary>
internal sealed partial class ApiKeyStore(Tables tables, AuditStore audit, TimeProvider time)
{
    private const int MaxParallelReads = 16;

    /// <summary>Creates a key. Costs four transactions.</summary>
    /// <param name="by">The member or operator who creates the key.</param>
    /// <param name="draft">The properties of the key.</param>
    /// <param name="limit">A function that returns the maximum number of active keys of the workspace; null for no limit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<KeyChange> CreateAsync(
        Principal by, KeyDraft draft, Func<Workspace, int?> limit, CancellationToken cancellationToken)
    {
        var created = (NewKey?)null;
        var change = await audit.ChangeAsync<KeyChange>(
            by.WorkspaceId,
            async workspace =>
            {
                var (keys, max) = (await ListAsync(by.WorkspaceId, cancellationToken), limit(workspace));
                if (keys.Count(key => key.IsActive(time.GetUtcNow())) >= max)
                {
                    return new(new(KeyOutcome.OverLimit, Limit: max));
                }

                created ??= await AddRowAsync(by.WorkspaceId, draft, cancellationToken);
                var (key, text) = created.Value;
                var entry = EntryOf(by, AuditActions.KeyCreated, key, ("prefix", key.Prefix), ("scopes", string.Join(' ', key.Scopes)));
                return new(new(KeyOutcome.Done, key, text), entry, Add(key));
            },
            cancellationToken);
        return await DeleteOrphanAsync(change, created?.Key, cancellationToken);
    }

    /// <summary>Returns the key with a prefix as key checks need it. Costs one transaction.</summary>
    public async Task<ApiKey?> FindAsync(string prefix, CancellationToken cancellationToken) =>
        await tables.ApiKeys.FindAsync(prefix, KeyRows.KeyRow, cancellationToken) is { } row ? KeyRows.ToKey(row) : null;

    /// <summary>
    /// Returns all keys of a workspace without their last use, newest first. Costs one transaction for each thousand keys.
    /// </summary>
    public async Task<IReadOnlyList<ListedKey>> ListAsync(string workspaceId, CancellationToken cancellationToken)
    {
        var slots = tables.Workspaces.QueryPrefix(workspaceId, KeyRows.SlotPrefix, select: null, cancellationToken);
        return await slots.Select(KeyRows.FromSlot).OrderByDescending(key => key.Id, StringComparer.Ordinal).ToListAsync(cancellationToken);
    }

    /// <summary>Adds their last use to listed keys, and an end that a dying process has not yet listed. Costs one transaction for each key.</summary>
    public Task<ListedKey[]> CompleteAsync(IReadOnlyList<ListedKey> listed, CancellationToken cancellationToken) => listed.ReadEachAsync(
        MaxParallelReads,
        async (key, token) => await FindAsync(key.Prefix, token) is { } row
            ? key with { RevokedAt = Earlier(key.RevokedAt, row.RevokedAt), LastUsedAt = row.LastUsedAt }
            : key,
        cancellationToken);

    /// <summary>Returns a key of a workspace with its last use. Costs two transactions.</summary>
    public async Task<ListedKey?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken) =>
        (await ListAsync(workspaceId, cancellationToken)).FirstOrDefault(key => key.Id == id) is { } key
            ? (await CompleteAsync([key], cancellationToken))[0]
            : null;

    /// <summary>Renames a key. Costs three transactions.</summary>
    /// <param name="by">The member or operator who renames the key.</param>
    /// <param name="id">The id of the key.</param>
    /// <param name="allows">A function that returns whether the current version of the key may be changed.</param>
    /// <param name="name">The new name; null for no change.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<KeyChange> RenameAsync(
        Principal by, string id, Func<ListedKey, bool> allows, string? name, CancellationToken cancellationToken) =>
        ChangeAsync(
            by.WorkspaceId,
            id,
            allows,
            key =>
            {
                var renamed = key with { Name = name ?? key.Name };
                return Task.FromResult<Change<KeyChange>>(renamed.Name == key.Name
                    ? new(new(KeyOutcome.Done, key))
                    : new(new(KeyOutcome.Done, renamed), EntryOf(by, AuditActions.KeyRenamed, key, ("name", renamed.Name)), Update(renamed)));
            },
            cancellationToken);

    /// <summary>Records the last use of a key. The record may be lost.</summary>
    public Task TouchAsync(string prefix, DateTimeOffset usedAt, CancellationToken cancellationToken) => tables.ApiKeys.TryUpdateAsync(
        new TableEntity(prefix, KeyRows.KeyRow) { ["LastUsedAt"] = usedAt }, ETag.All, TableUpdateMode.Merge, cancellationToken);

    private Task<KeyChange> ChangeAsync(
        string workspaceId,
        string id,
        Func<ListedKey, bool> allows,
        Func<ListedKey, Task<Change<KeyChange>>> decide,
        CancellationToken cancellationToken) =>
        audit.ChangeAsync(
            workspaceId,
            async _ => (await ListAsync(workspaceId, cancellationToken)).FirstOrDefault(key => key.Id == id) switch
            {
                null => new(new(KeyOutcome.NotFound)),
                { } key when !allows(key) => new(new(KeyOutcome.Stale)),
                { } key => await decide(key),
            },
            cancellationToken);

    /// <summary>Adds the row for key checks, with a prefix that no other key has.</summary>
    private Task<NewKey> AddRowAsync(string workspaceId, KeyDraft draft, CancellationToken cancellationToken) => time.RetryAsync<NewKey>(
        $"a new key's prefix in workspace {workspaceId}",
        async () =>
        {
            var now = time.GetUtcNow();
            var (prefix, text) = ApiKeyText.New();
            var key = new ListedKey(Ids.NewKey(now), workspaceId, prefix, draft.Name, draft.Scopes, now, draft.ExpiresAt);

            // If the row has this key's id, an attempt succeeded but its answer was lost. Otherwise another key has the prefix.
            return await tables.ApiKeys.TryAddAsync(KeyRows.ToRow(key, ApiKeyText.Hash(text)), cancellationToken) is not null
                || (await FindAsync(prefix, cancellationToken))?.Id == key.Id
                    ? new(key, text)
                    : null;
        },
        cancellationToken);

    /// <summary>Deletes the row that a failed change has added.</summary>
    private async Task<KeyChange> DeleteOrphanAsync(KeyChange change, ListedKey? added, CancellationToken cancellationToken)
    {
        if (change.Outcome != KeyOutcome.Done && added is not null)
        {
            await tables.ApiKeys.DeleteEntityAsync(added.Prefix, KeyRows.KeyRow, cancellationToken: cancellationToken);
        }

        return change;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    private static TableTransactionAction Add(ListedKey key) => new(TableTransactionActionType.Add, KeyRows.ToSlot(key));

    private static TableTransactionAction Update(ListedKey key) =>
        new(TableTransactionActionType.UpdateReplace, KeyRows.ToSlot(key), ETag.All);

    private static AuditEntry EntryOf(Principal by, string action, ListedKey key, params (string Name, string Value)[] details) =>
        new(by.Actor, action, new(key.Id, key.Name), details.ToDictionary(detail => detail.Name, detail => detail.Value));

    /// <summary>A new key whose row for key checks is stored.</summary>
    private readonly record struct NewKey(ListedKey Key, string Text);
}

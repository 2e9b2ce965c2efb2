using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>
/// API keys; their two rows are described at <see cref="KeyRows"/>. The row that a check reads is written first, the workspace's slot
/// after it, together with the entry of the audit log. Where the process dies between the two,
/// <list type="bullet">
/// <item>a new key has no slot: nobody knows its text, and it counts nowhere;</item>
/// <item>a revoked key is refused and shown as revoked, and counts against the plan until it is revoked again;</item>
/// <item>a key that is being replaced at once is refused, and can be replaced again;</item>
/// <item>a key that is being replaced with an overlap works until its end, shows that end, and can be replaced again.</item>
/// </list>
/// Nothing but a new key's row ever makes a key work for longer: an end that is written is only moved forward in time.
/// </summary>
internal sealed partial class ApiKeyStore(Tables tables, AuditStore audit, TimeProvider time)
{
    /// <summary>Makes a key for an operator; null where the limit is reached.</summary>
    public async Task<(ListedKey Key, string Text)?> TryCreateAsync(
        string workspaceId, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, int? limit, CancellationToken cancellationToken) =>
        await CreateAsync(workspaceId, new(name, scopes, expiresAt), _ => limit, Actor.Operator, cancellationToken) is { Key: { } key, Text: { } text } ? (key, text) : null;

    /// <summary>Makes a key: four transactions.</summary>
    /// <param name="workspaceId">Whose key it is.</param>
    /// <param name="draft">What it is to be.</param>
    /// <param name="limit">How many keys a workspace may have alive; null for any number.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<KeyChange> CreateAsync(string workspaceId, KeyDraft draft, Func<Workspace, int?> limit, Actor by, CancellationToken cancellationToken)
    {
        var made = new KeyChange();
        return await DeleteOrphanAsync(
            await audit.ChangeAsync<KeyChange>(
                workspaceId,
                async workspace =>
                {
                    var (slots, most) = (await ListAsync(workspaceId, cancellationToken), limit(workspace));
                    if (slots.Count(slot => slot.IsAlive(time.GetUtcNow())) >= most)
                    {
                        return new(new(KeyOutcome.OverLimit, Limit: most));
                    }

                    made = made.Key is null ? await AddRowAsync(workspaceId, draft, cancellationToken) : made;
                    return new(made, EntryOf(by, AuditActions.KeyCreated, made.Key!, ("prefix", made.Key!.Prefix), ("scopes", string.Join(' ', draft.Scopes))), Add(made.Key));
                },
                cancellationToken),
            made.Key,
            cancellationToken);
    }

    /// <summary>One point read.</summary>
    public async Task<ApiKey?> FindAsync(string prefix, CancellationToken cancellationToken) =>
        await tables.ApiKeys.FindAsync(prefix, KeyRows.KeyRow, cancellationToken) is { } row ? KeyRows.ToKey(row) : null;

    /// <summary>All keys of a workspace, newest first, without their last use. One transaction a thousand keys.</summary>
    public async Task<IReadOnlyList<ListedKey>> ListAsync(string workspaceId, CancellationToken cancellationToken)
    {
        var slots = new List<ListedKey>();
        await foreach (var slot in tables.Workspaces.QueryPrefix(workspaceId, KeyRows.SlotPrefix, select: null, cancellationToken))
        {
            slots.Add(KeyRows.FromSlot(slot));
        }

        return [.. slots.OrderByDescending(key => key.Id, StringComparer.Ordinal)];
    }

    /// <summary>Keys with their last use, and with a revocation that a dying process has begun: one point read each.</summary>
    public Task<ListedKey[]> CompleteAsync(IEnumerable<ListedKey> listed, CancellationToken cancellationToken) =>
        Task.WhenAll(listed.Select(async key => await FindAsync(key.Prefix, cancellationToken) is { } row
            ? key with { RevokedAt = Earlier(key.RevokedAt, row.RevokedAt), LastUsedAt = row.LastUsedAt }
            : key));

    /// <summary>Two transactions.</summary>
    public async Task<ListedKey?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken) =>
        (await ListAsync(workspaceId, cancellationToken)).FirstOrDefault(key => key.Id == id) is { } key ? (await CompleteAsync([key], cancellationToken))[0] : null;

    /// <summary>Names a key anew, where a name is given: three transactions.</summary>
    public Task<KeyChange> RenameAsync(
        string workspaceId, string id, Func<ListedKey, bool> allows, string? name, Actor by, CancellationToken cancellationToken) =>
        ChangeAsync(
            workspaceId,
            id,
            allows,
            key => Task.FromResult<Change<KeyChange>>(name is null || key.Name == name
                ? new(new(KeyOutcome.Done, key))
                : new(new(KeyOutcome.Done, key with { Name = name }), EntryOf(by, AuditActions.KeyRenamed, key, ("name", name)), Update(key with { Name = name }))),
            cancellationToken);

    /// <summary>Notes that a key was used. Losing such a note harms nobody.</summary>
    public Task TouchAsync(string prefix, DateTimeOffset usedAt, CancellationToken cancellationToken) => tables.ApiKeys.TryUpdateAsync(
        new TableEntity(prefix, KeyRows.KeyRow) { ["LastUsedAt"] = usedAt }, ETag.All, TableUpdateMode.Merge, cancellationToken);

    private Task<KeyChange> ChangeAsync(
        string workspaceId, string id, Func<ListedKey, bool> allows, Func<ListedKey, Task<Change<KeyChange>>> decide, CancellationToken cancellationToken) =>
        audit.ChangeAsync(
            workspaceId,
            async _ => (await ListAsync(workspaceId, cancellationToken)).FirstOrDefault(key => key.Id == id) is not { } key ? new(new(KeyOutcome.NotFound))
                : !allows(key) ? new(new(KeyOutcome.Stale))
                : await decide(key),
            cancellationToken);

    private async Task<KeyChange> AddRowAsync(string workspaceId, KeyDraft draft, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var (prefix, text) = ApiKeyText.New();
            var key = new ListedKey(Ids.NewKey(now), workspaceId, prefix, draft.Name, draft.Scopes, now, draft.ExpiresAt);
            if (await tables.ApiKeys.TryAddAsync(KeyRows.ToRow(key, ApiKeyText.Hash(text)), cancellationToken) is not null
                || (await FindAsync(prefix, cancellationToken))?.Id == key.Id)
            {
                // The row has this key's id where an attempt went through although its answer was lost. Else the prefix is another key's.
                return new(KeyOutcome.Done, key, text);
            }
        }
    }

    /// <summary>A change that others were quicker than may have written its key's row.</summary>
    private async Task<KeyChange> DeleteOrphanAsync(KeyChange change, ListedKey? made, CancellationToken cancellationToken)
    {
        if (change.Outcome != KeyOutcome.Done && made is not null)
        {
            await tables.ApiKeys.DeleteEntityAsync(made.Prefix, KeyRows.KeyRow, cancellationToken: cancellationToken);
        }

        return change;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    private static TableTransactionAction Add(ListedKey key) => new(TableTransactionActionType.Add, KeyRows.ToSlot(key));

    private static TableTransactionAction Update(ListedKey key) => new(TableTransactionActionType.UpdateReplace, KeyRows.ToSlot(key), ETag.All);

    private static AuditEntry EntryOf(Actor by, string action, ListedKey key, params (string Name, string Value)[] details) =>
        new(by, action, new(key.Id, key.Name), details.ToDictionary(detail => detail.Name, detail => detail.Value));
}

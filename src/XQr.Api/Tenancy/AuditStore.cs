using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>A change that a caller has decided on.</summary>
/// <param name="Outcome">The outcome for the caller.</param>
/// <param name="Entry">The entry of the audit log; null if nothing is changed.</param>
/// <param name="Actions">The changes of the workspace's rows, except the workspace's own row.</param>
internal sealed record Change<T>(T Outcome, AuditEntry? Entry = null, params TableTransactionAction[] Actions)
{
    /// <summary>Gets the changes of the workspace's own row.</summary>
    public IReadOnlyDictionary<string, object> Workspace { get; init; } = new Dictionary<string, object>();
}

/// <summary>
/// Changes keys, members and plans of a workspace, each in one transaction with its entry in the audit log. Table <c>Workspaces</c>:
/// <list type="table">
/// <item><term><c>h{inverted id}</c></term><description>an entry: Id, At, ActorId, ActorEmail, ActorName, Action, TargetId, TargetName,
/// Details (JSON)</description></item>
/// <item><term><c>w</c></term><description>AuditEntries: the number of entries</description></item>
/// </list>
/// A transaction fails if <c>w</c> was changed after it was read, and <c>w</c> is read before the rows that decide the change. So the
/// changes of a workspace happen one after another, and no two of them together exceed a limit or remove the last owner.
/// </summary>
internal sealed class AuditStore(Tables tables, TimeProvider time)
{
    private const int SearchedInCall = 1_000;
    private const int MaxSearchCalls = 5;

    private readonly KeyedLock<string> changes = new(time);

    /// <summary>Makes a change. Costs two transactions and those of <paramref name="decide"/>.</summary>
    /// <param name="workspaceId">An existing workspace.</param>
    /// <param name="decide">Returns the change of the workspace. It is called again if another writer was faster.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<T> ChangeAsync<T>(string workspaceId, Func<Workspace, Task<Change<T>>> decide, CancellationToken cancellationToken) =>
        changes.RunAsync(workspaceId, () => ChangeAloneAsync(workspaceId, decide, cancellationToken), cancellationToken);

    private async Task<T> ChangeAloneAsync<T>(string workspaceId, Func<Workspace, Task<Change<T>>> decide, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (id, tried) = (Ids.New(now), (Change<T>?)null);
        var settled = await time.RetryAsync<Settled<T>>(
            $"the keys and members of workspace {workspaceId}",
            async () =>
            {
                var answer = await tables.Workspaces.GetEntityAsync<TableEntity>(
                    workspaceId, WorkspaceStore.RowKey, cancellationToken: cancellationToken);
                if (tried is not null && await tables.Workspaces.FindAsync(workspaceId, AuditRow.KeyOf(id), cancellationToken) is not null)
                {
                    // This instance's own transaction succeeded, but the answer was lost and the request was sent again.
                    return new(tried.Outcome);
                }

                var (row, change) = (answer.Value, await decide(WorkspaceStore.ToWorkspace(answer.Value)));
                if (change.Entry is null)
                {
                    return new(change.Outcome);
                }

                tried = change;
                var actions = change.Actions.Concat(Actions(row, change, change.Entry with { Id = id, At = now }));
                return await tables.Workspaces.TryTransactAsync(actions, cancellationToken) is null ? null : new(change.Outcome);
            },
            cancellationToken);
        return settled.Outcome;
    }

    /// <summary>Returns the first rows of a new workspace: its own row and the first entry.</summary>
    public static IReadOnlyList<TableTransactionAction> CreationOf(TableEntity workspace, AuditEntry entry)
    {
        workspace["AuditEntries"] = 1;
        return [new(TableTransactionActionType.Add, workspace), new(TableTransactionActionType.Add, AuditRow.From(workspace.PartitionKey, entry))];
    }

    /// <summary>
    /// Returns a page of entries, newest first, and their total. Costs two transactions, and one for each thousand entries before the page.
    /// </summary>
    public async Task<AuditList> ListAsync(string workspaceId, Page page, CancellationToken cancellationToken)
    {
        var total = (await tables.Workspaces.FindAsync(workspaceId, WorkspaceStore.RowKey, cancellationToken))?.GetInt32("AuditEntries") ?? 0;
        if (page.Offset >= total)
        {
            return new([], total);
        }

        var counted = page with { Limit = Math.Min(page.Limit, total - page.Offset) };
        var rows = await tables.Workspaces.FindPageAsync(workspaceId, AuditRow.Prefix, AuditRow.End, counted, cancellationToken);
        return new([.. rows.Select(AuditRow.ToEntry)], total);
    }

    /// <summary>
    /// Returns a page of the entries that match a filter, newest first, and their total. It reads at most five thousand entries of the period;
    /// a search for older ones continues before the last. Costs one transaction for each thousand.
    /// </summary>
    public async Task<AuditList> SearchAsync(string workspaceId, AuditFilter filter, Page page, CancellationToken cancellationToken)
    {
        var (after, end) = AuditRow.Between(filter);
        var (found, pages, oldest) = (new List<AuditEntry>(), 0, (AuditEntry?)null);
        var rows = tables.Workspaces.QueryAsync<TableEntity>(TableEntities.Between(workspaceId, after, end), cancellationToken: cancellationToken);
        await foreach (var read in rows.AsPages(pageSizeHint: SearchedInCall).WithCancellation(cancellationToken))
        {
            var entries = read.Values.Select(AuditRow.ToEntry).ToList();
            found.AddRange(entries.Where(filter.Matches));
            oldest = entries.LastOrDefault() ?? oldest;
            if (read.ContinuationToken is null)
            {
                oldest = null;
            }
            else if (++pages == MaxSearchCalls)
            {
                break;
            }
        }

        return new([.. found.Skip(page.Offset).Take(page.Limit)], found.Count, oldest);
    }

    /// <summary>Returns the newest entries. Costs one transaction for each thousand.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListNewestAsync(string workspaceId, int count, CancellationToken cancellationToken)
    {
        var rows = await tables.Workspaces.FindPageAsync(workspaceId, AuditRow.Prefix, AuditRow.End, new(count), cancellationToken);
        return [.. rows.Select(AuditRow.ToEntry)];
    }

    private static IEnumerable<TableTransactionAction> Actions<T>(TableEntity workspace, Change<T> change, AuditEntry entry)
    {
        var own = new TableEntity(workspace.PartitionKey, workspace.RowKey) { ["AuditEntries"] = (workspace.GetInt32("AuditEntries") ?? 0) + 1 };
        foreach (var (name, value) in change.Workspace)
        {
            own[name] = value;
        }

        return
        [
            new(TableTransactionActionType.UpdateMerge, own, workspace.ETag),
            new(TableTransactionActionType.Add, AuditRow.From(workspace.PartitionKey, entry)),
        ];
    }

    /// <summary>The outcome of a change that needs no further attempt.</summary>
    private readonly record struct Settled<T>(T Outcome);
}

using Azure.Data.Tables;
using XQr.Api.Pipeline;
using XQr.Api.Storage;

namespace XQr.Api.Workspaces;

/// <summary>What a change comes to.</summary>
/// <param name="Outcome">What the caller is told.</param>
/// <param name="Entry">The entry of the log; null where nothing is changed.</param>
/// <param name="Actions">Changes of the workspace's rows, any but its own.</param>
internal sealed record Change<T>(T Outcome, AuditEntry? Entry = null, params TableTransactionAction[] Actions)
{
    /// <summary>Changes of the workspace's own row.</summary>
    public IReadOnlyDictionary<string, object> Workspace { get; init; } = new Dictionary<string, object>();
}

/// <summary>
/// Changes of who may use a workspace and how: each is one transaction, with its entry in the audit log. Table <c>Workspaces</c>:
/// <list type="table">
/// <item><term><c>h{inverted id}</c></term><description>an entry: Id, At, ActorId, ActorEmail, ActorName, Action, TargetId, TargetName, Details (JSON)</description></item>
/// <item><term><c>w</c></term><description>AuditEntries: how many there are</description></item>
/// </list>
/// Each transaction holds only while <c>w</c> is as it was read before the rows that the change was decided by. So changes of a
/// workspace come one after another, and no two of them together pass a limit or leave a workspace without owner.
/// </summary>
internal sealed class AuditStore(Tables tables, TimeProvider time)
{
    private const int Attempts = 20;

    /// <summary>In one process they don't even try at the same time. Workspaces that share a gate wait for each other, which does no harm.</summary>
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Carries out a change: two transactions and those that <paramref name="decide"/> makes.</summary>
    /// <param name="workspaceId">A workspace that exists.</param>
    /// <param name="decide">Looks at the workspace and says what to change. It is asked again when somebody else was quicker.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<T> ChangeAsync<T>(string workspaceId, Func<Workspace, Task<Change<T>>> decide, CancellationToken cancellationToken)
    {
        var gate = gates[(uint)string.GetHashCode(workspaceId, StringComparison.Ordinal) % gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var (id, tried) = (Ids.New(now), (Change<T>?)null);
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                var row = (await tables.Workspaces.GetEntityAsync<TableEntity>(workspaceId, WorkspaceStore.RowKey, cancellationToken: cancellationToken)).Value;
                if (tried is not null && await tables.Workspaces.FindAsync(workspaceId, AuditRow.KeyOf(id), cancellationToken) is not null)
                {
                    // Our own transaction was carried out, but its answer was lost and it was sent again.
                    return tried.Outcome;
                }

                var change = await decide(WorkspaceStore.ToWorkspace(row));
                if (change.Entry is null)
                {
                    return change.Outcome;
                }

                tried = change;
                if (await tables.Workspaces.TryTransactAsync([.. change.Actions, .. Actions(row, change, change.Entry with { Id = id, At = now })], cancellationToken) is not null)
                {
                    return change.Outcome;
                }

                await time.PauseAsync(attempt, cancellationToken);
            }

            throw new ContentionException($"The keys and members of workspace {workspaceId} have too many writers.");
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What a new workspace's partition begins with: its row and the first entry.</summary>
    public static IReadOnlyList<TableTransactionAction> Beginning(TableEntity workspace, AuditEntry entry)
    {
        workspace["AuditEntries"] = 1;
        return [new(TableTransactionActionType.Add, workspace), new(TableTransactionActionType.Add, AuditRow.From(workspace.PartitionKey, entry))];
    }

    /// <summary>Entries, newest first, and how many there are. Two transactions, one more a thousand entries that are passed over.</summary>
    public async Task<(IReadOnlyList<AuditEntry> Entries, int Total)> ListAsync(string workspaceId, Page page, CancellationToken cancellationToken)
    {
        var total = (await tables.Workspaces.FindAsync(workspaceId, WorkspaceStore.RowKey, cancellationToken))?.GetInt32("AuditEntries") ?? 0;
        if (page.Offset >= total)
        {
            return ([], total);
        }

        var counted = page with { Limit = Math.Min(page.Limit, total - page.Offset) };
        var rows = await tables.Workspaces.FindPageAsync(workspaceId, AuditRow.Prefix, AuditRow.End, counted, cancellationToken);
        return ([.. rows.Select(AuditRow.ToEntry)], total);
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
}

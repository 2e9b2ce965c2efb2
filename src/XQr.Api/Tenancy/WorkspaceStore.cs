using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>
/// Creates, reads and changes workspaces. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>w</c></term><description>the workspace: Name, Description, Plan, CreatedAt, and AuditEntries, see
/// <see cref="AuditStore"/></description></item>
/// <item><term><c>k{prefix}</c></term><description>the slot of a key, see <see cref="ApiKeyStore"/></description></item>
/// <item><term><c>u{inverted id}</c></term><description>a member, see <see cref="MemberStore"/></description></item>
/// <item><term><c>h{inverted id}</c></term><description>an entry of the audit log, see <see cref="AuditStore"/></description></item>
/// </list>
/// </summary>
internal sealed class WorkspaceStore(Tables tables, MembershipStore memberships, AuditStore audit, TimeProvider time)
{
    internal const string RowKey = "w";

    /// <summary>Creates a workspace for an operator, and invites its owner.</summary>
    public async Task<Workspace> CreateAsync(WorkspaceDraft draft, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var workspace = new Workspace(Ids.NewWorkspace(now), draft.Name, draft.Plan, now) { Description = draft.Description };
        var details = new Dictionary<string, string> { ["plan"] = draft.Plan.Name() };
        var entry = new AuditEntry(Actor.Operator, AuditActions.WorkspaceCreated, new(workspace.Id, workspace.Name), details)
        {
            Id = Ids.New(now),
            At = now,
        };
        var actions = AuditStore.CreationOf(ToRow(workspace), entry);
        if (draft.OwnerEmail is { } email)
        {
            var owner = MemberChangeStore.NewInvitation(workspace.Id, email, name: null, Role.Owner, now);
            await memberships.AddAsync(owner, cancellationToken);
            actions = [.. actions, new(TableTransactionActionType.Add, MemberRow.From(owner))];
        }

        // If storage has the workspace already, an attempt succeeded but its answer was lost, because the id is new.
        if (await tables.Workspaces.TryTransactAsync(actions, cancellationToken) is null && await FindAsync(workspace.Id, cancellationToken) is null)
        {
            throw new InvalidOperationException($"Workspace {workspace.Id} was not created: storage refused its rows.");
        }

        return workspace;
    }

    /// <summary>Returns a workspace. Costs one transaction.</summary>
    public async Task<Workspace?> FindAsync(string id, CancellationToken cancellationToken) =>
        await tables.Workspaces.FindAsync(id, RowKey, cancellationToken) is { } row ? ToWorkspace(row) : null;

    /// <summary>
    /// Returns the id of the oldest workspace; null on empty storage. Storage lists partitions in order, and ids begin with their time.
    /// </summary>
    public async Task<string?> FindOldestIdAsync(CancellationToken cancellationToken)
    {
        var rows = tables.Workspaces.QueryAsync<TableEntity>(maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken);
        return (await rows.FirstOrDefaultAsync(cancellationToken))?.PartitionKey;
    }

    /// <summary>Changes the plan of a workspace. Every instance applies it within 10 seconds.</summary>
    /// <returns>The workspace; null if it does not exist.</returns>
    public async Task<Workspace?> SetPlanAsync(string id, Plan plan, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is null)
        {
            return null;
        }

        var properties = new Dictionary<string, object> { ["Plan"] = plan.ToString() };
        return await audit.ChangeAsync<Workspace>(
            id,
            workspace => Task.FromResult<Change<Workspace>>(workspace.Plan == plan
                ? new(workspace)
                : new(workspace with { Plan = plan }, PlanChanged(workspace, plan)) { Workspace = properties }),
            cancellationToken);
    }

    /// <summary>Changes the name or the description of a workspace.</summary>
    /// <param name="id">The workspace.</param>
    /// <param name="name">The new name; null for no change.</param>
    /// <param name="description">The new description, empty for none; null for no change.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>False if there is no such workspace.</returns>
    public async Task<bool> UpdateAsync(string id, string? name, string? description, CancellationToken cancellationToken)
    {
        // A merge does not change properties that are null.
        var change = new TableEntity(id, RowKey) { ["Name"] = name, ["Description"] = description };
        return await tables.Workspaces.TryUpdateAsync(change, ETag.All, TableUpdateMode.Merge, cancellationToken) is not null;
    }

    internal static Workspace ToWorkspace(TableEntity row) => new(
        row.PartitionKey,
        row.GetString("Name"),
        Enum.Parse<Plan>(row.GetString("Plan")),
        row.GetDateTimeOffset("CreatedAt")!.Value)
    {
        Description = row.GetString("Description") is { Length: > 0 } description ? description : null,
    };

    private static TableEntity ToRow(Workspace workspace) => new(workspace.Id, RowKey)
    {
        ["Name"] = workspace.Name,
        ["Description"] = workspace.Description,
        ["Plan"] = workspace.Plan.ToString(),
        ["CreatedAt"] = workspace.CreatedAt,
    };

    private static AuditEntry PlanChanged(Workspace workspace, Plan plan) => new(
        Actor.Operator,
        AuditActions.PlanChanged,
        new(workspace.Id, workspace.Name),
        new Dictionary<string, string> { ["plan_before"] = workspace.Plan.Name(), ["plan"] = plan.Name() });
}

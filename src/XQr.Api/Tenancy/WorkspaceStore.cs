using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>
/// Workspaces. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>w</c></term><description>the workspace itself: Name, Description, Plan, CreatedAt, and of <see cref="AuditStore"/> AuditEntries</description></item>
/// <item><term><c>k{prefix}</c></term><description>one row a key, see <see cref="ApiKeyStore"/></description></item>
/// <item><term><c>u{inverted id}</c></term><description>one row a member, see <see cref="MemberStore"/></description></item>
/// <item><term><c>h{inverted id}</c></term><description>one row an entry of the audit log, see <see cref="AuditStore"/></description></item>
/// </list>
/// </summary>
internal sealed class WorkspaceStore(Tables tables, MembershipStore memberships, AuditStore audit, TimeProvider time)
{
    internal const string RowKey = "w";

    public Task<Workspace> CreateAsync(string name, Plan plan, string? ownerEmail, CancellationToken cancellationToken) =>
        CreateAsync(name, description: null, plan, ownerEmail, cancellationToken);

    /// <summary>Makes a workspace, for an operator. Its owner, where one is named, is a member from the start, and joins at the first sign-in.</summary>
    public async Task<Workspace> CreateAsync(string name, string? description, Plan plan, string? ownerEmail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var workspace = new Workspace(Ids.NewWorkspace(now), name, plan, now) { Description = description };
        var details = new Dictionary<string, string> { ["plan"] = plan.Name() };
        var entry = new AuditEntry(Actor.Operator, AuditActions.WorkspaceCreated, new(workspace.Id, name), details) { Id = Ids.New(now), At = now };
        var actions = AuditStore.Beginning(ToRow(workspace), entry);
        if (ownerEmail is not null)
        {
            var owner = MemberChangeStore.New(workspace.Id, ownerEmail, name: null, Role.Owner, now);
            await memberships.AddAsync(owner, cancellationToken);
            actions = [.. actions, new(TableTransactionActionType.Add, MemberRow.From(owner))];
        }

        if (await tables.Workspaces.TryTransactAsync(actions, cancellationToken) is null && await FindAsync(workspace.Id, cancellationToken) is null)
        {
            throw new InvalidOperationException($"Workspace {workspace.Id} was not created: storage refused its rows.");
        }

        // Where storage has the workspace already, an attempt went through although its answer was lost: its id is new.
        return workspace;
    }

    public async Task<Workspace?> FindAsync(string id, CancellationToken cancellationToken) =>
        await tables.Workspaces.FindAsync(id, RowKey, cancellationToken) is { } row ? ToWorkspace(row) : null;

    /// <summary>The id of the workspace that was made first; null on an empty storage. Partitions come in order, and ids begin with their time.</summary>
    public async Task<string?> FindOldestIdAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in tables.Workspaces.QueryAsync<TableEntity>(maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken))
        {
            return row.PartitionKey;
        }

        return null;
    }

    /// <summary>Moves a workspace to another plan; false where there is no such workspace. Every instance sees it within 10 seconds.</summary>
    public async Task<bool> SetPlanAsync(string id, Plan plan, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is not null && await audit.ChangeAsync<bool>(
            id,
            workspace => Task.FromResult<Change<bool>>(workspace.Plan == plan ? new(true) : new(true, PlanChanged(workspace, plan)) { Workspace = new Dictionary<string, object> { ["Plan"] = plan.ToString() } }),
            cancellationToken);

    /// <summary>Names and describes a workspace anew; false where there is no such workspace.</summary>
    /// <param name="id">The workspace.</param>
    /// <param name="name">Its name; null for the one that it has.</param>
    /// <param name="description">Its description, empty for none; null for the one that it has.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> UpdateAsync(string id, string? name, string? description, CancellationToken cancellationToken)
    {
        // A merge leaves alone what is null.
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

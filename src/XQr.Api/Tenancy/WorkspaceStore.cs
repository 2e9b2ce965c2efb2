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
        var workspace = NewWorkspace(draft);
        if (draft.OwnerEmail is not { } email)
        {
            return await AddAsync(workspace, owner: null, Actor.Operator, cancellationToken);
        }

        var owner = MemberChangeStore.NewInvitation(workspace.Id, email, name: null, Role.Owner, workspace.CreatedAt);
        await memberships.AddAsync(owner, cancellationToken);
        return await AddAsync(workspace, owner, Actor.Operator, cancellationToken);
    }

    /// <summary>Creates a workspace for a person, who becomes its owner. Costs four transactions.</summary>
    /// <param name="draft">The properties of the workspace.</param>
    /// <param name="founder">The person.</param>
    /// <param name="max">The maximum number of workspaces that a person may create.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The workspace; null if the person has created as many workspaces as one may.</returns>
    public async Task<Workspace?> CreateAsync(WorkspaceDraft draft, Founder founder, int max, CancellationToken cancellationToken)
    {
        var workspace = NewWorkspace(draft);
        var owner = MemberChangeStore.NewInvitation(workspace.Id, founder.Email, founder.Name, Role.Owner, workspace.CreatedAt) with
        {
            Identity = founder.Identity,
            JoinedAt = workspace.CreatedAt,
        };
        if (!await memberships.TryAddFounderAsync(owner, founder.Identity, max, cancellationToken))
        {
            return null;
        }

        await memberships.AddAsync(owner, cancellationToken);
        return await AddAsync(workspace, owner, Actor.Of(owner), cancellationToken);
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

    /// <summary>Changes the name or the description of a workspace. Costs two transactions.</summary>
    /// <param name="by">The member or operator who makes the change, of an existing workspace.</param>
    /// <param name="allows">A function that returns whether the current version of the workspace may be changed.</param>
    /// <param name="name">The new name; null for no change.</param>
    /// <param name="description">The new description, empty for none; null for no change.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The changed workspace; null if <paramref name="allows"/> returned false.</returns>
    public Task<Workspace?> UpdateAsync(
        Principal by, Func<Workspace, bool> allows, string? name, string? description, CancellationToken cancellationToken) =>
        audit.ChangeAsync<Workspace?>(
            by.WorkspaceId,
            workspace => Task.FromResult(allows(workspace) ? Changed(by.Actor, workspace, name, description) : new(null)),
            cancellationToken);

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

    private Workspace NewWorkspace(WorkspaceDraft draft)
    {
        var now = time.GetUtcNow();
        return new(Ids.NewWorkspace(now), draft.Name, draft.Plan, now) { Description = draft.Description };
    }

    /// <summary>Adds the rows of a new workspace.</summary>
    private async Task<Workspace> AddAsync(Workspace workspace, Member? owner, Actor by, CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string> { ["plan"] = workspace.Plan.Name() };
        var entry = new AuditEntry(by, AuditActions.WorkspaceCreated, new(workspace.Id, workspace.Name), details)
        {
            Id = Ids.New(workspace.CreatedAt),
            At = workspace.CreatedAt,
        };
        var actions = AuditStore.CreationOf(ToRow(workspace), entry);
        if (owner is not null)
        {
            actions = [.. actions, new(TableTransactionActionType.Add, MemberRow.From(owner))];
        }

        // If storage has the workspace already, an attempt succeeded but its answer was lost, because the id is new.
        if (await tables.Workspaces.TryTransactAsync(actions, cancellationToken) is null && await FindAsync(workspace.Id, cancellationToken) is null)
        {
            throw new InvalidOperationException($"Workspace {workspace.Id} was not created: storage refused its rows.");
        }

        return workspace;
    }

    private static Change<Workspace?> Changed(Actor by, Workspace workspace, string? name, string? description)
    {
        var (properties, details) = (new Dictionary<string, object>(), new Dictionary<string, string>());
        if (name is not null && name != workspace.Name)
        {
            properties["Name"] = name;
            (details["name_before"], details["name"]) = (workspace.Name, name);
        }

        if (description is not null && description != (workspace.Description ?? ""))
        {
            properties["Description"] = details["description"] = description;
        }

        var changed = workspace with
        {
            Name = name ?? workspace.Name,
            Description = (description ?? workspace.Description) is { Length: > 0 } text ? text : null,
        };
        return properties.Count == 0
            ? new(workspace)
            : new(changed, new(by, AuditActions.WorkspaceChanged, new(workspace.Id, changed.Name), details)) { Workspace = properties };
    }

    private static AuditEntry PlanChanged(Workspace workspace, Plan plan) => new(
        Actor.Operator,
        AuditActions.PlanChanged,
        new(workspace.Id, workspace.Name),
        new Dictionary<string, string> { ["plan_before"] = workspace.Plan.Name(), ["plan"] = plan.Name() });
}

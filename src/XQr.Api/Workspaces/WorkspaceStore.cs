using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Workspaces;

/// <summary>
/// Workspaces. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>w</c></term><description>the workspace itself: Name, Description, Plan, OwnerEmail, CreatedAt</description></item>
/// <item><term><c>k{prefix}</c></term><description>one row a key, see <see cref="ApiKeyStore"/></description></item>
/// </list>
/// </summary>
internal sealed class WorkspaceStore(Tables tables, TimeProvider time)
{
    internal const string RowKey = "w";

    public Task<Workspace> CreateAsync(string name, Plan plan, string? ownerEmail, CancellationToken cancellationToken) =>
        CreateAsync(name, description: null, plan, ownerEmail, cancellationToken);

    public async Task<Workspace> CreateAsync(string name, string? description, Plan plan, string? ownerEmail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var workspace = new Workspace(Ids.NewWorkspace(now), name, plan, ownerEmail, now) { Description = description };
        await tables.Workspaces.AddEntityAsync(ToRow(workspace), cancellationToken);
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
    public async Task<bool> SetPlanAsync(string id, Plan plan, CancellationToken cancellationToken)
    {
        var change = new TableEntity(id, RowKey) { ["Plan"] = plan.ToString() };
        return await tables.Workspaces.TryUpdateAsync(change, ETag.All, TableUpdateMode.Merge, cancellationToken) is not null;
    }

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
        row.GetString("OwnerEmail"),
        row.GetDateTimeOffset("CreatedAt")!.Value)
    {
        Description = row.GetString("Description") is { Length: > 0 } description ? description : null,
    };

    private static TableEntity ToRow(Workspace workspace) => new(workspace.Id, RowKey)
    {
        ["Name"] = workspace.Name,
        ["Description"] = workspace.Description,
        ["Plan"] = workspace.Plan.ToString(),
        ["OwnerEmail"] = workspace.OwnerEmail,
        ["CreatedAt"] = workspace.CreatedAt,
    };
}

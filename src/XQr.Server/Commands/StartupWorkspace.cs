using Microsoft.Extensions.Options;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Server.Commands;

/// <summary>Represents the workspace that a start found or created.</summary>
/// <param name="WorkspaceId">The id of the oldest workspace, or null if storage does not respond.</param>
/// <param name="IsNew">True if this start created the workspace.</param>
/// <param name="Key">The key that this start created, or null if it created none.</param>
internal sealed record StartupWorkspace(string? WorkspaceId, bool IsNew, string? Key)
{
    /// <summary>The reserved address (RFC 2606) of the owner during development.</summary>
    private const string DemoOwner = "owner@example.com";

    /// <summary>Gets the address of the owner if it was requested; otherwise null.</summary>
    public string? OwnerEmail { get; private init; }

    /// <summary>Finds the oldest workspace, or creates a demo workspace on empty storage.</summary>
    public static async Task<StartupWorkspace> FindOrCreateAsync(
        IServiceProvider services, Plan plan, bool needsOwner, CancellationToken cancellationToken)
    {
        try
        {
            await StorageChoice.EnsureTablesAsync(services, cancellationToken);
            var workspaces = services.GetRequiredService<WorkspaceStore>();
            var start = await workspaces.FindOldestIdAsync(cancellationToken) is { } id
                ? new(id, IsNew: false, Key: null)
                : await CreateDemoAsync(services, workspaces, plan, cancellationToken);
            return needsOwner ? start with { OwnerEmail = await FindOwnerAsync(services, start.WorkspaceId!, cancellationToken) } : start;
        }
        catch (Exception exception) when (IsDeployed(services) && StorageFailure.Explain(exception) is { } message)
        {
            // In a cloud, services start in any order, and role assignments take minutes: /health shows when storage responds.
            await Console.Error.WriteLineAsync($"{message} The server starts without it.");
            return new(WorkspaceId: null, IsNew: false, Key: null);
        }
    }

    private static async Task<StartupWorkspace> CreateDemoAsync(
        IServiceProvider services, WorkspaceStore workspaces, Plan plan, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.CreateAsync("Demo", plan, ownerEmail: null, cancellationToken);
        var key = await services.GetRequiredService<ApiKeyStore>().TryCreateAsync(
            workspace.Id, "Demo", [Scopes.All], expiresAt: null, services.GetRequiredService<PlansOptions>()[plan].ApiKeys, cancellationToken);
        return new(workspace.Id, IsNew: true, key?.Text);
    }

    private static async Task<string?> FindOwnerAsync(IServiceProvider services, string workspaceId, CancellationToken cancellationToken)
    {
        var members = await services.GetRequiredService<MemberStore>().ListAsync(workspaceId, cancellationToken);
        if (members.FirstOrDefault(member => member.Role == Role.Owner) is { } owner)
        {
            return owner.Email;
        }

        var invited = await services.GetRequiredService<MemberChangeStore>().InviteAsync(
            workspaceId, DemoOwner, name: null, Role.Owner, Actor.Operator, Role.Owner, cancellationToken);
        return invited.Outcome == MemberOutcome.Done ? DemoOwner : null;
    }

    private static bool IsDeployed(IServiceProvider services) =>
        string.IsNullOrEmpty(services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString);
}

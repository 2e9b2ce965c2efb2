using System.Text.Json;
using Microsoft.Extensions.Options;
using XQr.Api.Developers;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Workspaces;

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
        using var storageStart = StorageRetry.BeginStart();
        try
        {
            await StorageChoice.EnsureTablesAsync(services, cancellationToken);
            var start = await services.GetRequiredService<WorkspaceStore>().FindOldestIdAsync(cancellationToken) is { } id
                ? new(id, IsNew: false, Key: null)
                : await CreateDemoAsync(services, plan, cancellationToken);
            return needsOwner ? start with { OwnerEmail = await FindOwnerAsync(services, start.WorkspaceId!, cancellationToken) } : start;
        }
        catch (Exception exception) when (
            !cancellationToken.IsCancellationRequested && IsDeployed(services) && StorageFailure.Explain(exception) is { } message)
        {
            // In a cloud, services start in any order, and role assignments take minutes: /health shows when storage responds.
            await Console.Error.WriteLineAsync($"{message} The server starts without it.");
            return new(WorkspaceId: null, IsNew: false, Key: null);
        }
    }

    private static async Task<StartupWorkspace> CreateDemoAsync(IServiceProvider services, Plan plan, CancellationToken cancellationToken)
    {
        var draft = new WorkspaceDraft("Demo", plan);
        var workspace = Arguments.ValueOf(await services.GetRequiredService<WorkspaceOperations>().CreateAsync(draft, cancellationToken));
        var body = JsonSerializer.SerializeToElement(new("Demo", [Scopes.All]), DeveloperJson.Api.CreateKeyRequest);
        var key = await services.GetRequiredService<KeyOperations>().CreateAsync(
            Principal.Operator(workspace.Id), body, cancellationToken);
        return new(workspace.Id, IsNew: true, key.Value?.Text);
    }

    private static async Task<string?> FindOwnerAsync(IServiceProvider services, string workspaceId, CancellationToken cancellationToken)
    {
        var operations = services.GetRequiredService<MemberOperations>();
        var members = await operations.ListAsync(workspaceId, cancellationToken);
        if (members.FirstOrDefault(member => member.Role == Role.Owner) is { } owner)
        {
            return owner.Email;
        }

        var body = JsonSerializer.SerializeToElement(new(DemoOwner, Role: Role.Owner), DeveloperJson.Api.InviteMemberRequest);
        var invited = await operations.InviteAsync(Principal.Operator(workspaceId), body, cancellationToken);
        return invited.Value?.Email;
    }

    private static bool IsDeployed(IServiceProvider services) =>
        string.IsNullOrEmpty(services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString);
}

using Microsoft.Extensions.Options;
using XQr.Api.Storage;
using XQr.Api.Workspaces;

namespace XQr.Server.Commands;

/// <summary>What a start found in its storage, or put there.</summary>
/// <param name="WorkspaceId">The oldest workspace; null where storage didn't answer.</param>
/// <param name="IsNew">Whether this start made it.</param>
/// <param name="Key">The key that this start made; a plan may allow none.</param>
internal sealed record FirstStart(string? WorkspaceId, bool IsNew, string? Key)
{
    /// <summary>Makes a demo workspace on an empty storage.</summary>
    public static async Task<FirstStart> RunAsync(IServiceProvider services, Plan plan, CancellationToken cancellationToken)
    {
        try
        {
            await StorageChoice.EnsureTablesAsync(services, cancellationToken);
            var workspaces = services.GetRequiredService<WorkspaceStore>();
            return await workspaces.FindOldestIdAsync(cancellationToken) is { } id
                ? new(id, IsNew: false, Key: null)
                : await MakeDemoAsync(services, workspaces, plan, cancellationToken);
        }
        catch (Exception exception) when (IsDeployed(services) && StorageFailure.Explain(exception) is { } message)
        {
            // In a cloud the parts come up in any order, and a role takes minutes to hold: /health tells when storage is there.
            await Console.Error.WriteLineAsync($"{message} The server goes on without.");
            return new(WorkspaceId: null, IsNew: false, Key: null);
        }
    }

    private static async Task<FirstStart> MakeDemoAsync(IServiceProvider services, WorkspaceStore workspaces, Plan plan, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.CreateAsync("Demo", plan, ownerEmail: null, cancellationToken);
        var key = await services.GetRequiredService<ApiKeyStore>().TryCreateAsync(
            workspace.Id, "Demo", [Scopes.All], expiresAt: null, services.GetRequiredService<PlansOptions>()[plan].ApiKeys, cancellationToken);
        return new(workspace.Id, IsNew: true, key?.Text);
    }

    private static bool IsDeployed(IServiceProvider services) =>
        string.IsNullOrEmpty(services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString);
}

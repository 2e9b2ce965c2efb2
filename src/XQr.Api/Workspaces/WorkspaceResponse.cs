using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Workspaces;

/// <summary>The workspace of a key.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The display name.</param>
/// <param name="Description">The description.</param>
/// <param name="Plan">The plan.</param>
/// <param name="CreatedAt">The time of creation.</param>
internal sealed record WorkspaceResponse(string Id, string Name, string? Description, string Plan, DateTimeOffset CreatedAt)
    : IExample<WorkspaceResponse>
{
    public static WorkspaceResponse Example { get; } = new(
        "ws_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40",
        "Acme",
        "Posters and packages",
        "pro",
        DateTimeOffset.Parse("2026-02-01T09:30:00Z", CultureInfo.InvariantCulture));

    /// <summary>Returns the entity tag, a hash of the response.</summary>
    public EntityTagHeaderValue Version() =>
        ResourceVersion.ToTag(ResourceVersion.Of(JsonSerializer.SerializeToUtf8Bytes(this, WorkspaceJson.Api.WorkspaceResponse)));

    public static WorkspaceResponse From(Workspace workspace) =>
        new(workspace.Id, workspace.Name, workspace.Description, workspace.Plan.Name(), workspace.CreatedAt);
}

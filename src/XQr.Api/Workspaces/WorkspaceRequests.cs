using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Workspaces;

/// <summary>Request to create a workspace.</summary>
/// <param name="Name">The display name, 1 to 100 characters.</param>
/// <param name="Description">The description, at most 500 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreateWorkspaceRequest(
    [property: Name] string Name,
    [property: StringLength(Workspace.MaxDescriptionLength)] string? Description = null) : IExample<CreateWorkspaceRequest>
{
    public static CreateWorkspaceRequest Example { get; } = new("Acme", "Posters and packages");

    private static readonly FieldRules Rules = FieldRules.Of<CreateWorkspaceRequest>();

    public static CreateWorkspaceRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new CreateWorkspaceRequest(fields.Text("name") ?? "", fields.Text("description"));
        fields.RejectUnknownProperties();
        return request;
    }
}

/// <summary>Request to change a workspace; absent properties stay unchanged.</summary>
/// <param name="Name">The display name, 1 to 100 characters.</param>
/// <param name="Description">The description, at most 500 characters; null for none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateWorkspaceRequest(
    [property: NotNull, Name] string? Name = null,
    [property: StringLength(Workspace.MaxDescriptionLength)] string? Description = null) : IExample<UpdateWorkspaceRequest>
{
    public static UpdateWorkspaceRequest Example { get; } = new("Acme", "Posters, packages and shop windows");

    private static readonly FieldRules Rules = FieldRules.Of<UpdateWorkspaceRequest>().WithReadOnly<WorkspaceResponse>();

    /// <summary>Gets whether the request removes the description.</summary>
    internal bool ClearsDescription { get; private init; }

    /// <summary>Gets the read-only properties in the request.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateWorkspaceRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new UpdateWorkspaceRequest(fields.Text("name"), fields.Text("description"))
        {
            ClearsDescription = fields.IsNull("description"),
            ReadOnly = ReadOnlyMembers.Read(fields),
        };
        fields.RejectUnknownProperties();
        return request;
    }
}

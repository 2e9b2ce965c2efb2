namespace XQr.Api.Tenancy;

/// <summary>A person of a workspace. A person of several workspaces is a member of each.</summary>
internal sealed record Member(string Id, string WorkspaceId, string Email, string? Name, Role Role, DateTimeOffset CreatedAt)
{
    /// <summary>Who the member is to the provider of sign-in; null while the member is invited.</summary>
    public Identity? Identity { get; init; }

    /// <summary>When the member signed in first; null while invited.</summary>
    public DateTimeOffset? JoinedAt { get; init; }
}

namespace XQr.Api.Tenancy;

/// <summary>A person in a workspace. A person of several workspaces is a member of each.</summary>
internal sealed record Member(string Id, string WorkspaceId, string Email, string? Name, Role Role, DateTimeOffset CreatedAt)
{
    /// <summary>Gets the identity of the person; null for an invitation.</summary>
    public Identity? Identity { get; init; }

    /// <summary>Gets the time of the first sign-in; null for an invitation.</summary>
    public DateTimeOffset? JoinedAt { get; init; }
}

/// <summary>The identity of a person at a sign-in provider.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The provider's permanent identifier of the person.</param>
internal sealed record Identity(string Issuer, string Subject);

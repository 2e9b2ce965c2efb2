namespace XQr.Api.Tenancy;

/// <summary>An API key as its workspace lists it.</summary>
internal sealed record ListedKey(
    string Id, string WorkspaceId, string Prefix, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>Gets the time at which the key was revoked or rotated. It is in the future if the key was rotated with an overlap.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Returns whether the key counts towards the plan's limit.</summary>
    /// <remarks>A rotated key does not count, even while it still works, because its successor does.</remarks>
    public bool IsActive(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    /// <summary>Returns whether the key was rotated and still works.</summary>
    public bool IsInOverlap(DateTimeOffset now) => RevokedAt > now && !(ExpiresAt <= now);
}

/// <summary>The properties of a key to create.</summary>
internal sealed record KeyDraft(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);

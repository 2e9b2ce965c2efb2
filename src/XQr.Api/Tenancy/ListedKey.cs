namespace XQr.Api.Tenancy;

/// <summary>An API key as its workspace lists it.</summary>
internal sealed record ListedKey(
    string Id, string WorkspaceId, string Prefix, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>When the key was revoked or replaced; in the future for a replaced key that works until then.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it counts against the plan: once its time is over it never works again.</summary>
    /// <remarks>A key that was replaced doesn't count, even while it still works: its successor does.</remarks>
    public bool IsAlive(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    /// <summary>Whether it was replaced and still works.</summary>
    public bool IsInOverlap(DateTimeOffset now) => RevokedAt > now && !(ExpiresAt <= now);
}

/// <summary>What a new key is to be.</summary>
internal sealed record KeyDraft(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);

/// <summary>How a change of keys ended.</summary>
internal enum KeyOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no such key.</summary>
    NotFound,

    /// <summary>The key isn't any more what the caller knows.</summary>
    Stale,

    /// <summary>The plan allows no more.</summary>
    OverLimit,

    /// <summary>The key was revoked, or its time is over: what is asked makes no sense any more.</summary>
    Ended,

    /// <summary>As many replaced keys still work as the plan allows keys.</summary>
    TooManyOverlaps,
}

/// <summary>How a change of a key ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Key">The key as it is then.</param>
/// <param name="Text">The text of a new one: that is kept nowhere.</param>
/// <param name="Limit">How many keys the plan allows, where it allows no more.</param>
internal readonly record struct KeyChange(KeyOutcome Outcome, ListedKey? Key = null, string? Text = null, int? Limit = null);

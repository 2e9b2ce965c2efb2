namespace XQr.Api.Tenancy;

/// <summary>The result of a change of a key.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Key">The key after the change.</param>
/// <param name="Text">The text of a new key, which is stored nowhere.</param>
/// <param name="Limit">The limit of the plan, if it is reached.</param>
internal readonly record struct KeyChange(KeyOutcome Outcome, ListedKey? Key = null, string? Text = null, int? Limit = null);

/// <summary>The outcome of a change of a key.</summary>
internal enum KeyOutcome
{
    /// <summary>The change is done.</summary>
    Done,

    /// <summary>There is no such key.</summary>
    NotFound,

    /// <summary>The key does not have the version that the caller expects.</summary>
    Stale,

    /// <summary>The workspace has as many active keys as the plan allows.</summary>
    OverLimit,

    /// <summary>The key is revoked, rotated or expired.</summary>
    NotActive,

    /// <summary>As many rotated keys still work as the plan allows keys.</summary>
    TooManyOverlaps,
}

namespace XQr.Api.Assets;

/// <summary>The outcome of a change of an asset.</summary>
internal enum AssetOutcome
{
    /// <summary>The change was made.</summary>
    Done,

    /// <summary>The asset does not exist.</summary>
    NotFound,

    /// <summary>The asset has changed since the caller read it.</summary>
    Stale,

    /// <summary>The limit of the plan is reached.</summary>
    OverLimit,

    /// <summary>An earlier run of the same creation went further, or its asset was deleted.</summary>
    NotPending,

    /// <summary>There is no upload.</summary>
    NotUploaded,

    /// <summary>The upload is smaller than declared.</summary>
    TooSmall,

    /// <summary>The upload is larger than declared and was deleted.</summary>
    TooLarge,

    /// <summary>The first bytes of the upload do not match the declared type.</summary>
    OtherType,

    /// <summary>The upload is archived, encrypted with the client's own key, or not a block blob.</summary>
    Unreadable,

    /// <summary>Only confirmed assets can be published.</summary>
    NotConfirmed,

    /// <summary>The asset is an SVG image that cannot be sanitized.</summary>
    NotSafe,
}

/// <summary>The result of a change of one asset.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Asset">The asset after the change, or the one that was deleted.</param>
internal readonly record struct AssetChange(AssetOutcome Outcome, Asset? Asset = null)
{
    /// <summary>Gets the error of an SVG image that is <see cref="AssetOutcome.NotSafe"/>, such as <c>must be …</c>.</summary>
    public string? Reason { get; init; }
}

namespace XQr.Api.Assets;

/// <summary>How a change of an asset ended.</summary>
internal enum AssetOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no such asset.</summary>
    NotFound,

    /// <summary>The asset isn't any more what the caller knows.</summary>
    Stale,

    /// <summary>The plan allows no more.</summary>
    OverLimit,

    /// <summary>An earlier run of the same creation went further, or what it made was deleted.</summary>
    NotPending,

    /// <summary>Nothing was uploaded yet.</summary>
    NotUploaded,

    /// <summary>What was uploaded is smaller than declared.</summary>
    TooSmall,

    /// <summary>What was uploaded is larger than declared; it is removed.</summary>
    TooLarge,

    /// <summary>What was uploaded doesn't begin as content of the declared type does.</summary>
    OtherType,

    /// <summary>What was uploaded is archived, encrypted with a key of the client, or no block blob.</summary>
    Unreadable,

    /// <summary>Only confirmed assets can be published.</summary>
    NotConfirmed,

    /// <summary>It is an SVG image that can't be made harmless.</summary>
    NotSafe,
}

/// <summary>How a change of one asset ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Asset">The asset after the change, or the one that was deleted.</param>
internal readonly record struct AssetChange(AssetOutcome Outcome, Asset? Asset = null)
{
    /// <summary>What is wrong with an SVG image that is <see cref="AssetOutcome.NotSafe"/>, as in <c>must be …</c>.</summary>
    public string? Reason { get; init; }
}

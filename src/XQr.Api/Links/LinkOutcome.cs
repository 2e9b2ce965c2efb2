namespace XQr.Api.Links;

/// <summary>How a change of links ended.</summary>
internal enum LinkOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no such link.</summary>
    NotFound,

    /// <summary>The link isn't any more what the caller knows.</summary>
    Stale,

    /// <summary>The short code is somebody's.</summary>
    CodeTaken,

    /// <summary>The plan allows no more.</summary>
    OverLimit,
}

/// <summary>How a change of one link ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Link">The link after the change, or the one that was deleted.</param>
internal readonly record struct LinkChange(LinkOutcome Outcome, Link? Link = null);

namespace XQr.Api.Links;

/// <summary>The outcome of a change of links.</summary>
internal enum LinkOutcome
{
    /// <summary>The change was made.</summary>
    Done,

    /// <summary>The link does not exist.</summary>
    NotFound,

    /// <summary>The link has changed since the caller read it.</summary>
    Stale,

    /// <summary>The short code is taken.</summary>
    CodeTaken,

    /// <summary>The limit of the plan is reached.</summary>
    OverLimit,
}

/// <summary>The result of a change of one link.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Link">The link after the change, or the one that was deleted.</param>
internal readonly record struct LinkChange(LinkOutcome Outcome, Link? Link = null);

namespace XQr.Api.Links;

/// <summary>The outcome of a creation, or of the count of a QR code.</summary>
internal enum LinkOutcome
{
    /// <summary>The change was made.</summary>
    Done,

    /// <summary>The link does not exist.</summary>
    NotFound,

    /// <summary>The short code is taken.</summary>
    CodeTaken,

    /// <summary>The limit of the plan is reached.</summary>
    OverLimit,
}

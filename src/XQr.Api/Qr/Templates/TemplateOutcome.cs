namespace XQr.Api.Qr.Templates;

/// <summary>How a change of templates ended.</summary>
internal enum TemplateOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The template isn't any more as it was read, or is gone.</summary>
    Changed,

    /// <summary>The plan allows no more.</summary>
    OverLimit,
}

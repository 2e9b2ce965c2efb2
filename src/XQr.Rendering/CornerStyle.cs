namespace XQr.Rendering;

/// <summary>How the three finders in the corners are drawn.</summary>
public enum CornerStyle
{
    /// <summary>A square in a square frame.</summary>
    Square,

    /// <summary>The same with round corners.</summary>
    Rounded,

    /// <summary>A dot in a ring.</summary>
    Dot,
}

namespace XQr.Rendering;

/// <summary>Specifies the shape of the three finders in the corners.</summary>
public enum CornerStyle
{
    /// <summary>A square in a square frame.</summary>
    Square,

    /// <summary>A square in a square frame, with round corners.</summary>
    Rounded,

    /// <summary>A dot in a ring.</summary>
    Dot,
}

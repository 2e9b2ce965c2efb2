namespace XQr.Rendering;

/// <summary>Specifies the shape of the dark modules outside the finders.</summary>
public enum DotStyle
{
    /// <summary>Squares that fill their modules.</summary>
    Square,

    /// <summary>Connected modules with round convex corners.</summary>
    Rounded,

    /// <summary>Separate dots.</summary>
    Dots,

    /// <summary>Connected modules in the shape of leaves: round at the upper left and the lower right.</summary>
    Classy,
}

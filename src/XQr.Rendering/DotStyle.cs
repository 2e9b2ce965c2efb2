namespace XQr.Rendering;

/// <summary>How the dark modules are drawn, those of the finders excepted.</summary>
public enum DotStyle
{
    /// <summary>As squares that fill their modules.</summary>
    Square,

    /// <summary>Neighbours flow together, and what sticks out is round.</summary>
    Rounded,

    /// <summary>As separate dots.</summary>
    Dots,

    /// <summary>Neighbours flow together into leaves: round at the upper left and the lower right.</summary>
    Classy,
}

namespace XQr.Rendering.Shapes;

/// <summary>
/// Draws outlines, which are filled by the even-odd rule. Coordinates are whole hundredths of a module from the upper left corner of the
/// code, so both formats draw the same without rounding.
/// </summary>
internal interface IPen
{
    /// <summary>Begins an outline.</summary>
    void Move(int x, int y);

    /// <summary>Draws a horizontal or vertical line.</summary>
    void Line(int x, int y);

    /// <summary>Draws a quarter or half of a circle, clockwise.</summary>
    void Arc(int radius, int x, int y);

    /// <summary>Ends the outline.</summary>
    void Close();
}

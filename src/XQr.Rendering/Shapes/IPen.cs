namespace XQr.Rendering.Shapes;

/// <summary>
/// Draws outlines, which are filled by the even-odd rule. Coordinates are whole hundredths of a module from the code's upper left corner,
/// so both formats draw the same without rounding.
/// </summary>
internal interface IPen
{
    /// <summary>Begins an outline.</summary>
    void Move(int x, int y);

    /// <summary>A line, to the right, down, left or up.</summary>
    void Line(int x, int y);

    /// <summary>A quarter or half of a circle, clockwise.</summary>
    void Arc(int radius, int x, int y);

    /// <summary>Ends the outline.</summary>
    void Close();
}

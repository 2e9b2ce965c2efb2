namespace XQr.Rendering.Shapes;

/// <summary>Draws frames with a core: finders, and the alignment patterns of styles with separate modules.</summary>
internal static class Frames
{
    /// <summary>The number of modules per side of a finder.</summary>
    public const int FinderSide = 7;

    /// <summary>The number of hundredths in a module.</summary>
    public const int Module = 100;

    /// <summary>Draws the three finders.</summary>
    public static void DrawFinders(IPen pen, int size, CornerStyle style)
    {
        var far = size - FinderSide;
        foreach (var (row, column) in ((int, int)[])[(0, 0), (0, far), (far, 0)])
        {
            Draw(pen, row, column, FinderSide, core: 3, FinderRadii(style));
        }
    }

    /// <summary>Draws an alignment pattern around its centre.</summary>
    public static void DrawAlignment(IPen pen, int row, int column, CornerStyle style)
    {
        const int Reach = AlignmentPatterns.Reach;
        Draw(pen, row - Reach, column - Reach, (2 * Reach) + 1, core: 1, AlignmentRadii(style));
    }

    /// <summary>
    /// Returns the radii of the frame, its hole and the core, in hundredths of a module. Dots are slightly flat at four sides, because readers
    /// that look for straight edges, such as ZBar, miss circles at some sizes.
    /// </summary>
    private static int[] FinderRadii(CornerStyle style) => style switch
    {
        CornerStyle.Square => [0, 0, 0],
        CornerStyle.Rounded => [200, 100, 90],
        CornerStyle.Dot => [320, 220, 150],
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    };

    /// <summary>
    /// Returns the radii of an alignment pattern. Readers depend on its edges more than on those of a finder, so it is never a ring.
    /// </summary>
    private static int[] AlignmentRadii(CornerStyle style) => style == CornerStyle.Square ? [0, 0, 0] : [140, 40, 50];

    private static void Draw(IPen pen, int row, int column, int side, int core, int[] radii)
    {
        var inset = (side - core) / 2;
        foreach (var (index, margin, width) in ((int, int, int)[])[(0, 0, side), (1, 1, side - 2), (2, inset, core)])
        {
            DrawSquare(pen, (column + margin) * Module, (row + margin) * Module, width * Module, radii[index]);
        }
    }

    /// <summary>Draws a square with round corners: right angles at radius 0, a circle at half the side.</summary>
    private static void DrawSquare(IPen pen, int x, int y, int side, int radius)
    {
        var (right, bottom) = (x + side, y + side);
        pen.Move(x, y + radius);
        Turn(pen, radius, x + radius, y);
        Side(pen, right - radius, y, side, radius);
        Turn(pen, radius, right, y + radius);
        Side(pen, right, bottom - radius, side, radius);
        Turn(pen, radius, right - radius, bottom);
        Side(pen, x + radius, bottom, side, radius);
        Turn(pen, radius, x, bottom - radius);
        pen.Close();
    }

    private static void Turn(IPen pen, int radius, int x, int y)
    {
        if (radius > 0)
        {
            pen.Arc(radius, x, y);
        }
    }

    private static void Side(IPen pen, int x, int y, int side, int radius)
    {
        if (2 * radius < side)
        {
            pen.Line(x, y);
        }
    }
}

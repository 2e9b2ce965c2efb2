using XQr.Rendering.Logos;

namespace XQr.Rendering.Shapes;

/// <summary>Draws a matrix in the shapes of a design, for both formats.</summary>
/// <param name="matrix">The modules.</param>
/// <param name="design">The dot style and the corner style.</param>
/// <param name="area">The square without modules for the logo.</param>
internal sealed class CodeShapes(QrMatrix matrix, QrDesign design, LogoArea? area)
{
    /// <summary>
    /// The radius of a dot, in hundredths of a module. A circle that fills its module would touch its neighbours; this one leaves a gap, and
    /// is still large enough for readers.
    /// </summary>
    private const int DotRadius = 45;

    /// <summary>Draws all modules except the finders.</summary>
    public void DrawDots(IPen pen)
    {
        var dots = new Dots(matrix, area);
        if (design.DotStyle == DotStyle.Dots)
        {
            DrawAlignment(pen, dots);
            DrawCircles(pen, dots);
        }
        else
        {
            Contours.Draw(pen, dots, RoundingOf(design.DotStyle));
        }
    }

    /// <summary>Draws the three finders.</summary>
    public void DrawFinders(IPen pen) => Frames.DrawFinders(pen, matrix.Size, design.CornerStyle);

    /// <summary>Draws alignment patterns as frames, because readers often miss squares of separate dots.</summary>
    private void DrawAlignment(IPen pen, Dots dots)
    {
        const int Reach = AlignmentPatterns.Reach;
        foreach (var (row, column) in AlignmentPatterns.Centres(matrix.Version))
        {
            if (area?.Overlaps(row - Reach, column - Reach, (2 * Reach) + 1) != true)
            {
                Frames.DrawAlignment(pen, row, column, design.CornerStyle);
                dots.Clear(row - Reach, column - Reach, (2 * Reach) + 1);
            }
        }
    }

    private static void DrawCircles(IPen pen, Dots dots)
    {
        for (var row = 0; row < dots.Size; row++)
        {
            for (var column = 0; column < dots.Size; column++)
            {
                if (dots[row, column])
                {
                    var (x, y) = ((column * Frames.Module) + 50, (row * Frames.Module) + 50);
                    pen.Move(x - DotRadius, y);
                    pen.Arc(DotRadius, x + DotRadius, y);
                    pen.Arc(DotRadius, x - DotRadius, y);
                    pen.Close();
                }
            }
        }
    }

    private static Rounding RoundingOf(DotStyle style) => style switch
    {
        DotStyle.Square => Rounding.None,
        DotStyle.Rounded => Rounding.All,
        DotStyle.Classy => Rounding.Leaf,
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    };
}

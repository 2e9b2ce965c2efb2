namespace XQr.Rendering.Shapes;

/// <summary>
/// Draws connected modules as one shape. It follows the outline of each area of dark modules, and of its holes, with the dark modules on
/// the right. Modules that meet only at a corner stay separate, so that no light module is covered.
/// </summary>
internal sealed class Contours
{
    public const int Right = 0;
    public const int Down = 1;
    public const int Left = 2;
    public const int Up = 3;

    private const int Module = Frames.Module;
    private const int Radius = Module / 2;

    private readonly IPen pen;
    private readonly Dots dots;
    private readonly Rounding rounding;

    /// <summary>The modules whose upper edge is drawn. Every outline has an upper edge, so it can be found by it.</summary>
    private readonly bool[] drawn;

    private Contours(IPen pen, Dots dots, Rounding rounding)
    {
        this.pen = pen;
        this.dots = dots;
        this.rounding = rounding;
        drawn = new bool[dots.Size * dots.Size];
    }

    public static void Draw(IPen pen, Dots dots, Rounding rounding)
    {
        var contours = new Contours(pen, dots, rounding);
        for (var row = 0; row < dots.Size; row++)
        {
            for (var column = 0; column < dots.Size; column++)
            {
                if (dots[row, column] && !dots[row - 1, column] && !contours.drawn[(row * dots.Size) + column])
                {
                    contours.Walk(row, column);
                }
            }
        }
    }

    /// <summary>Draws one outline, from the middle of a module's upper edge, which no rounded corner reaches.</summary>
    private void Walk(int startRow, int startColumn)
    {
        // The position is the next corner of the grid.
        var (x, y, direction) = (startColumn, startRow, Right);
        pen.Move((x * Module) + Radius, y * Module);
        do
        {
            if (direction == Right)
            {
                drawn[(y * dots.Size) + x] = true;
            }

            (x, y) = Step(x, y, direction);
            var turned = (direction + Turn(x, y, direction)) & 3;
            if (turned != direction)
            {
                DrawCorner(x * Module, y * Module, direction, turned);
                direction = turned;
            }
        }
        while ((x, y, direction) != (startColumn, startRow, Right));

        pen.Close();
    }

    /// <summary>Returns 1 for a right turn at a convex corner, -1 for a left turn at a concave corner, and 0 for a straight line.</summary>
    private int Turn(int x, int y, int direction)
    {
        var (left, right) = direction switch
        {
            Right => (dots[y - 1, x], dots[y, x]),
            Down => (dots[y, x], dots[y, x - 1]),
            Left => (dots[y, x - 1], dots[y - 1, x - 1]),
            _ => (dots[y - 1, x - 1], dots[y - 1, x]),
        };
        return (left, right) switch
        {
            (_, false) => 1,
            (true, true) => -1,
            _ => 0,
        };
    }

    private void DrawCorner(int x, int y, int direction, int turned)
    {
        var isConvex = turned == ((direction + 1) & 3);
        if (!isConvex || !rounding.HasFlag((Rounding)(1 << direction)))
        {
            pen.Line(x, y);
            return;
        }

        var (fromX, fromY) = Step(0, 0, direction);
        var (toX, toY) = Step(0, 0, turned);
        pen.Line(x - (fromX * Radius), y - (fromY * Radius));
        pen.Arc(Radius, x + (toX * Radius), y + (toY * Radius));
    }

    private static (int X, int Y) Step(int x, int y, int direction) => direction switch
    {
        Right => (x + 1, y),
        Down => (x, y + 1),
        Left => (x - 1, y),
        _ => (x, y - 1),
    };
}

/// <summary>
/// The convex corners that are round. Each is named by the direction in which the outline reaches it, clockwise around dark modules.
/// </summary>
[Flags]
internal enum Rounding
{
    None = 0,
    UpperRight = 1 << Contours.Right,
    LowerRight = 1 << Contours.Down,
    LowerLeft = 1 << Contours.Left,
    UpperLeft = 1 << Contours.Up,
    Leaf = UpperLeft | LowerRight,
    All = UpperLeft | UpperRight | LowerLeft | LowerRight,
}

using XQr.Rendering.Logos;

namespace XQr.Rendering.Shapes;

/// <summary>The dark modules outside of the finders, and outside of the logo's room.</summary>
internal sealed class Dots
{
    private readonly bool[] dark;
    private readonly int stride;

    public Dots(QrMatrix matrix, LogoRoom? room)
    {
        // A light border of one module, so that every module has neighbours.
        Size = matrix.Size;
        stride = Size + 2;
        dark = new bool[stride * stride];
        for (var row = 0; row < Size; row++)
        {
            matrix.Row(row).CopyTo(dark.AsSpan(((row + 1) * stride) + 1));
        }

        var far = Size - Frames.FinderSide;
        Clear(0, 0, Frames.FinderSide);
        Clear(0, far, Frames.FinderSide);
        Clear(far, 0, Frames.FinderSide);
        if (room is { } cleared)
        {
            Clear(cleared.Start, cleared.Start, cleared.Side);
        }
    }

    /// <summary>Gets the number of modules per side.</summary>
    public int Size { get; }

    /// <summary>Gets whether to draw a module. Modules just outside the code, at -1 and at <see cref="Size"/>, are light.</summary>
    public bool this[int row, int column] => dark[((row + 1) * stride) + column + 1];

    /// <summary>Makes a square of modules light.</summary>
    public void Clear(int row, int column, int side)
    {
        for (var offset = 0; offset < side; offset++)
        {
            dark.AsSpan(((row + offset + 1) * stride) + column + 1, side).Clear();
        }
    }
}

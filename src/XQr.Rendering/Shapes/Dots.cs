using XQr.Rendering.Logos;

namespace XQr.Rendering.Shapes;

/// <summary>Represents the dark modules outside the finders and the area of the logo.</summary>
internal sealed class Dots
{
    private readonly bool[] dark;
    private readonly int stride;

    public Dots(QrMatrix matrix, LogoArea? area)
    {
        // A light border of one module gives every module neighbours.
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
        if (area is { } cleared)
        {
            Clear(cleared.Start, cleared.Start, cleared.Side);
        }
    }

    /// <summary>Gets the number of modules per side.</summary>
    public int Size { get; }

    /// <summary>
    /// Gets a value that indicates whether a module is dark. Modules just outside the code, at -1 and at <see cref="Size"/>, are light.
    /// </summary>
    public bool this[int row, int column] => dark[((row + 1) * stride) + column + 1];

    /// <summary>Clears a square of modules.</summary>
    public void Clear(int row, int column, int side)
    {
        for (var offset = 0; offset < side; offset++)
        {
            dark.AsSpan(((row + offset + 1) * stride) + column + 1, side).Clear();
        }
    }
}

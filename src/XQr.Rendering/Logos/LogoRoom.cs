namespace XQr.Rendering.Logos;

/// <summary>The square of modules in the middle of a code that gives way to a logo.</summary>
/// <param name="Start">Its first row and column.</param>
/// <param name="Side">Modules a side, odd as the code's own.</param>
internal readonly record struct LogoRoom(int Start, int Side)
{
    /// <summary>At least half a module stays light on each side of a logo, so that it does not touch dark ones.</summary>
    private const int Margin = 50;

    private const int Module = 100;

    /// <summary>Whether a square of modules shares one with this.</summary>
    public bool Overlaps(int row, int column, int side) => Reaches(row, side) && Reaches(column, side);

    /// <summary>Finds the room for a logo.</summary>
    /// <param name="version">The code's, 1 to 40.</param>
    /// <param name="logoSize">The logo's share of the code's width.</param>
    /// <returns>The room, or null where the code can't spare so much.</returns>
    public static LogoRoom? TryFind(int version, double logoSize)
    {
        var size = QrMatrix.SizeOf(version);
        var wanted = (WidthOf(size, logoSize) + (2 * Margin) + Module - 1) / Module;
        var side = wanted + ((wanted + 1) % 2);
        return side <= SpareModules.MaxSide(version) ? Middle(size, side) : null;
    }

    /// <summary>The largest share of a code's width, in whole hundredths, that a logo can have.</summary>
    public static double MaxSize(int version) =>
        Math.Floor(100.0 * (SpareModules.MaxSide(version) - (2.0 * Margin / Module)) / QrMatrix.SizeOf(version)) / 100;

    /// <summary>How wide a logo is, in hundredths of a module.</summary>
    /// <param name="size">Modules a side of the code.</param>
    /// <param name="logoSize">Its share of the code's width.</param>
    public static int WidthOf(int size, double logoSize) => (int)Math.Round(size * logoSize * Module);

    /// <summary>A square in the middle of a code.</summary>
    public static LogoRoom Middle(int size, int side) => new((size - side) / 2, side);

    private bool Reaches(int start, int side) => start < Start + Side && start + side > Start;
}

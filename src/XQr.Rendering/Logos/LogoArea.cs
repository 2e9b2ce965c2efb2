namespace XQr.Rendering.Logos;

/// <summary>Represents the square of modules in the centre of a code that a logo replaces.</summary>
/// <param name="Start">The first row and column.</param>
/// <param name="Side">The number of modules per side, which is odd like that of the code.</param>
internal readonly record struct LogoArea(int Start, int Side)
{
    /// <summary>The minimum light margin on each side of a logo, in hundredths of a module.</summary>
    private const int Margin = 50;

    /// <summary>The number of hundredths in a module.</summary>
    private const int Module = 100;

    /// <summary>Returns true if a square of modules overlaps this square.</summary>
    public bool Overlaps(int row, int column, int side) => Covers(row, side) && Covers(column, side);

    /// <summary>Finds the area for a logo.</summary>
    /// <param name="version">The version of the code, 1 to 40.</param>
    /// <param name="logoSize">The logo's size as a share of the code's width.</param>
    /// <returns>The square, or null if the code cannot lose so many modules.</returns>
    public static LogoArea? TryFind(int version, double logoSize)
    {
        var size = QrMatrix.SizeOf(version);
        var wanted = (WidthOf(size, logoSize) + (2 * Margin) + Module - 1) / Module;
        var side = wanted + ((wanted + 1) % 2);
        return side <= SpareModules.MaxSide(version) ? Centre(size, side) : null;
    }

    /// <summary>Returns the maximum size of a logo, in whole hundredths of the code's width.</summary>
    public static double MaxSize(int version) =>
        Math.Floor(100.0 * (SpareModules.MaxSide(version) - (2.0 * Margin / Module)) / QrMatrix.SizeOf(version)) / 100;

    /// <summary>Returns the width of a logo, in hundredths of a module.</summary>
    /// <param name="size">The number of modules per side of the code.</param>
    /// <param name="logoSize">The logo's size as a share of the code's width.</param>
    public static int WidthOf(int size, double logoSize) => (int)Math.Round(size * logoSize * Module);

    /// <summary>Returns a square in the centre of a code.</summary>
    public static LogoArea Centre(int size, int side) => new((size - side) / 2, side);

    private bool Covers(int start, int side) => start < Start + Side && start + side > Start;
}

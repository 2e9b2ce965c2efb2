namespace XQr.Rendering.Logos;

/// <summary>The function of a module that carries no data.</summary>
internal enum FunctionPattern : byte
{
    /// <summary>The module carries data.</summary>
    None,

    /// <summary>The module is part of an alignment pattern that readers can do without.</summary>
    Optional,

    /// <summary>Readers require the module.</summary>
    Required,
}

/// <summary>Marks the modules of a code that carry no data (ISO/IEC 18004, 6.3).</summary>
internal sealed class FunctionPatterns
{
    /// <summary>The row and the column of the timing patterns.</summary>
    public const int Timing = 6;

    /// <summary>The number of modules per side of a finder with its light border and the format information beside it.</summary>
    private const int Corner = 9;

    private readonly FunctionPattern[] patterns;

    public FunctionPatterns(int version)
    {
        Size = QrMatrix.SizeOf(version);
        patterns = new FunctionPattern[Size * Size];
        foreach (var (row, column) in AlignmentPatterns.Centres(version))
        {
            // The alignment pattern at the lower right replaces the missing finder there; readers use it first.
            const int Reach = AlignmentPatterns.Reach;
            var isLast = row == Size - 7 && column == row;
            Fill(row - Reach, column - Reach, 5, 5, isLast ? FunctionPattern.Required : FunctionPattern.Optional);
        }

        Fill(Timing, 0, 1, Size);
        Fill(0, Timing, Size, 1);
        Fill(0, 0, Corner, Corner);
        Fill(0, Size - Corner + 1, Corner, Corner - 1);
        Fill(Size - Corner + 1, 0, Corner - 1, Corner);
        if (version >= 7)
        {
            // The version information, 7.10.
            Fill(0, Size - 11, 6, 3);
            Fill(Size - 11, 0, 3, 6);
        }
    }

    /// <summary>Gets the number of modules per side.</summary>
    public int Size { get; }

    public FunctionPattern this[int row, int column] => patterns[(row * Size) + column];

    private void Fill(int top, int left, int height, int width, FunctionPattern pattern = FunctionPattern.Required)
    {
        for (var row = top; row < top + height; row++)
        {
            patterns.AsSpan((row * Size) + left, width).Fill(pattern);
        }
    }
}

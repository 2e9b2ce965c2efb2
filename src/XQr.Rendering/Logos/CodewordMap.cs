namespace XQr.Rendering.Logos;

/// <summary>
/// Maps the modules of a code at level H to blocks of codewords. Blocks are corrected independently (ISO/IEC 18004, 7.5), so the hidden
/// codewords of each block limit the size of a logo. Only level H is relevant, because a logo raises the level to H.
/// </summary>
internal sealed class CodewordMap
{
    /// <summary>The value for a module outside codewords.</summary>
    public const int None = -1;

    private readonly int[] codewords;

    public CodewordMap(int version)
    {
        Patterns = new(version);
        codewords = new int[Patterns.Size * Patterns.Size];
        Array.Fill(codewords, None);
        var bits = Fill();
        (Codewords, Blocks) = (bits / 8, BlocksAtH[version - 1]);
        Correctable = CorrectionCodewordsAtH[version - 1] / 2;
        BlockOf = Interleave(Codewords, Blocks, CorrectionCodewordsAtH[version - 1]);
    }

    /// <summary>Gets the modules outside codewords.</summary>
    public FunctionPatterns Patterns { get; }

    /// <summary>Gets the number of data and correction codewords.</summary>
    public int Codewords { get; }

    /// <summary>Gets the number of blocks.</summary>
    public int Blocks { get; }

    /// <summary>Gets the number of correctable codewords per block.</summary>
    public int Correctable { get; }

    /// <summary>Gets the block of each codeword.</summary>
    public IReadOnlyList<int> BlockOf { get; }

    /// <summary>Returns the codeword of a module, or <see cref="None"/>.</summary>
    public int this[int row, int column] =>
        codewords[(row * Patterns.Size) + column] is var codeword && codeword < Codewords ? codeword : None;

    /// <summary>Gets the number of blocks of versions 1 to 40 at level H (table 9).</summary>
    private static ReadOnlySpan<byte> BlocksAtH =>
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
        25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ];

    /// <summary>Gets the number of correction codewords per block of versions 1 to 40 at level H (table 9).</summary>
    private static ReadOnlySpan<byte> CorrectionCodewordsAtH =>
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
        30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ];

    /// <summary>Places the bits in pairs of columns from the right, alternately up and down, around the patterns (7.7.3).</summary>
    private int Fill()
    {
        var (bits, upward) = (0, true);
        for (var right = Patterns.Size - 1; right > 0; right -= 2)
        {
            // The column of the timing pattern is skipped.
            right -= right == FunctionPatterns.Timing ? 1 : 0;
            for (var step = 0; step < Patterns.Size; step++)
            {
                var row = upward ? Patterns.Size - 1 - step : step;
                for (var column = right; column >= right - 1; column--)
                {
                    if (Patterns[row, column] == FunctionPattern.None)
                    {
                        codewords[(row * Patterns.Size) + column] = bits++ / 8;
                    }
                }
            }

            upward = !upward;
        }

        return bits;
    }

    /// <summary>
    /// Interleaves the blocks: first the data codewords, one of each block in turn, then the correction codewords (7.6). If the blocks
    /// differ in length, the last blocks have one more data codeword.
    /// </summary>
    private static int[] Interleave(int codewords, int blocks, int correction)
    {
        var shortData = (codewords / blocks) - correction;
        var shortBlocks = blocks - (codewords % blocks);
        return
        [
            .. from _ in Enumerable.Range(0, shortData) from block in Enumerable.Range(0, blocks) select block,
            .. Enumerable.Range(shortBlocks, blocks - shortBlocks),
            .. from _ in Enumerable.Range(0, correction) from block in Enumerable.Range(0, blocks) select block,
        ];
    }
}

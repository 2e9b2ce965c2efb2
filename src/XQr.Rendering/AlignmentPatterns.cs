namespace XQr.Rendering;

/// <summary>Computes the positions of alignment patterns, which help readers to follow a distorted code (ISO/IEC 18004, annex E).</summary>
internal static class AlignmentPatterns
{
    /// <summary>The number of modules between the centre of a pattern and its edge, including the edge.</summary>
    public const int Reach = 2;

    /// <summary>Returns the rows and columns of the centres. A pattern is at each crossing, except in the corners with finders.</summary>
    /// <param name="version">The version, 1 to 40.</param>
    public static int[] Lines(int version)
    {
        if (version == 1)
        {
            return [];
        }

        // The lines are evenly spaced from the far end by the next even number, so the first distance is the remainder; version 32 is an exception.
        var (count, last) = ((version / 7) + 2, 10 + (4 * version));
        var pairs = 2 * (count - 1);
        var step = version == 32 ? 26 : (last - 6 + pairs - 1) / pairs * 2;
        return [6, .. Enumerable.Range(0, count - 1).Reverse().Select(index => last - (index * step))];
    }

    /// <summary>Returns the centres of all patterns of a version.</summary>
    public static IEnumerable<(int Row, int Column)> Centres(int version)
    {
        var lines = Lines(version);
        return from row in lines from column in lines where !IsFinder(row, column, lines[^1]) select (row, column);
    }

    private static bool IsFinder(int row, int column, int last) => (row == 6 && (column == 6 || column == last)) || (row == last && column == 6);
}

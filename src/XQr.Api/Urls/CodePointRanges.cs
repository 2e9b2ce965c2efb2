using System.Globalization;

namespace XQr.Api.Urls;

/// <summary>Stores ranges of code points in ascending order, each with a value.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class CodePointRanges<T>
{
    private readonly int[] firsts;
    private readonly int[] lasts;
    private readonly T[] values;

    /// <summary>Creates the ranges from lines of text.</summary>
    /// <param name="lines">The lines, of the form <c>first-last value</c> or <c>first value</c>, with code points in hexadecimal digits.</param>
    /// <param name="valueOf">Reads a value from the rest of a line, which can be empty.</param>
    public CodePointRanges(IReadOnlyList<string> lines, Func<string, T> valueOf)
    {
        (firsts, lasts, values) = (new int[lines.Count], new int[lines.Count], new T[lines.Count]);
        foreach (var (index, line) in lines.Index())
        {
            var end = line.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space ? space : line.Length;
            var dash = line.IndexOf('-', StringComparison.Ordinal);
            firsts[index] = Hex(line.AsSpan(0, dash < 0 ? end : dash));
            lasts[index] = dash < 0 ? firsts[index] : Hex(line.AsSpan(dash + 1, end - dash - 1));
            values[index] = valueOf(line[Math.Min(end + 1, line.Length)..]);
        }
    }

    /// <summary>Returns whether a range contains the code point.</summary>
    public bool Contains(int point) => IndexOf(point) >= 0;

    /// <summary>Returns the value of the range that contains the code point, or <paramref name="other"/> if there is none.</summary>
    public T Find(int point, T other) => IndexOf(point) is >= 0 and var index ? values[index] : other;

    /// <summary>Finds the range that contains the code point.</summary>
    /// <param name="point">The code point.</param>
    /// <param name="first">The first code point of the range.</param>
    /// <param name="value">The value of the range.</param>
    public bool TryFind(int point, out int first, out T? value)
    {
        var index = IndexOf(point);
        (first, value) = index >= 0 ? (firsts[index], values[index]) : (0, default);
        return index >= 0;
    }

    /// <summary>Reads a code point.</summary>
    public static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private int IndexOf(int point)
    {
        var index = Array.BinarySearch(firsts, point);
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 && point <= lasts[index] ? index : -1;
    }
}

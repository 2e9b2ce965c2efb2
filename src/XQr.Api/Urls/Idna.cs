using System.Text;

namespace XQr.Api.Urls;

/// <summary>
/// Converts international host names as browsers do: the non-transitional processing of UTS #46 with CheckBidi and CheckJoiners, with the
/// options of the WHATWG URL Standard. The caller checks lengths.
/// </summary>
internal static class Idna
{
    /// <summary>Composing shortens a text to a quarter at most, and a name has at most 253 characters.</summary>
    private const int MaxPoints = 1024;

    private const string Prefix = "xn--";
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int Virama = 0x094D;

    /// <summary>Returns the name in ASCII, in lower case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="error">The error, to follow a colon; null if the name is valid.</param>
    /// <returns>The name, or null if it is invalid.</returns>
    public static string? ToAscii(string name, out string? error)
    {
        var table = IdnaTable.Instance;
        var labels = Map(name, table, out error) is { } mapped ? Split(CanonicalComposition.Normalize(mapped, table)) : [];
        for (var i = 0; i < labels.Count && error is null; i++)
        {
            error = Decode(labels[i], table, out var decoded) ?? Validate(decoded, table);
            labels[i] = decoded;
        }

        if (error is null && labels.Any(label => BidiRule.IsBidi(label, table)) && !labels.All(label => BidiRule.IsFollowed(label, table)))
        {
            error = "letters written from right to left are mixed with others in a way that host names do not allow (RFC 5893)";
        }

        return error is null ? string.Join('.', labels.Select(Encode)) : null;
    }

    private static List<int>? Map(string name, IdnaTable table, out string? error)
    {
        var points = new List<int>(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!table.TryMap(rune.Value, points))
            {
                error = $"the character U+{rune.Value:X4} is not allowed in it";
                return null;
            }

            if (points.Count > MaxPoints)
            {
                error = HostName.TooLong;
                return null;
            }
        }

        error = null;
        return points;
    }

    private static List<List<int>> Split(List<int> points)
    {
        List<List<int>> labels = [[]];
        foreach (var point in points)
        {
            if (point == '.')
            {
                labels.Add([]);
            }
            else
            {
                labels[^1].Add(point);
            }
        }

        return labels;
    }

    /// <summary>Decodes a label in Punycode and leaves others unchanged. Returns an error, or null.</summary>
    private static string? Decode(List<int> label, IdnaTable table, out List<int> decoded)
    {
        decoded = label;
        if (label.Count > HostName.MaxLabelLength)
        {
            // Each character takes at least one in ASCII.
            return HostName.LabelTooLong;
        }

        if (!StartsWithPrefix(label))
        {
            return null;
        }

        const string InvalidPunycode = "a part that begins with xn-- is not valid Punycode";
        if (label.Any(point => point > 0x7F)
            || Punycode.Decode(Text(label).AsSpan(Prefix.Length)) is not { } points
            || points.All(point => point <= 0x7F))
        {
            return InvalidPunycode;
        }

        decoded = points;
        return points.All(table.Valid.Contains) && !points.Contains('.') && points.SequenceEqual(CanonicalComposition.Normalize(points, table))
            ? null
            : InvalidPunycode;
    }

    /// <summary>Returns the error of a decoded label, or null.</summary>
    private static string? Validate(List<int> label, IdnaTable table) =>
        StartsWithPrefix(label) && label.Any(point => point > 0x7F) ? "a part that is not Punycode begins with xn--"
        : label.Count > 0 && table.Marks.Contains(label[0]) ? "a part begins with a combining mark"
        : !label.Index().All(item => item.Item is not (Joiner or NonJoiner) || MayJoin(label, item.Index, table))
            ? "a zero-width joiner is at a place where host names do not allow it (RFC 5892)"
        : null;

    /// <summary>Returns whether a joiner follows the rules for its context (RFC 5892, appendix A.1 and A.2).</summary>
    private static bool MayJoin(List<int> label, int at, IdnaTable table)
    {
        if (at > 0 && table.CombiningClasses.Find(label[at - 1], 0) == table.CombiningClasses.Find(Virama, -1))
        {
            return true;
        }

        var before = label.FindLastIndex(Math.Max(at - 1, 0), at, point => TypeOf(point) != 'T');
        var after = label.FindIndex(at + 1, point => TypeOf(point) != 'T');
        return label[at] == NonJoiner && before >= 0 && after >= 0 && TypeOf(label[before]) is 'L' or 'D' && TypeOf(label[after]) is 'R' or 'D';

        char TypeOf(int point) => table.JoiningTypes.Find(point, 'U');
    }

    private static string Encode(List<int> label) => label.All(point => point <= 0x7F) ? Text(label) : Prefix + Punycode.Encode(label);

    private static bool StartsWithPrefix(List<int> label) => label is ['x', 'n', '-', '-', ..];

    private static string Text(List<int> label) => label.Aggregate(new StringBuilder(), (text, point) => text.Append((char)point)).ToString();
}

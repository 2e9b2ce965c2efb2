namespace XQr.Api.Urls;

/// <summary>
/// The Unicode data that international host names need (Data/idna.txt, made by eng/idna.mjs). It belongs to the application, so that a
/// name means the same on every machine, with ICU or without. It is read at the first name that needs it, which takes some milliseconds.
/// </summary>
internal sealed class IdnaTable
{
    private static readonly Lazy<IdnaTable> Loaded = new(() => new());

    private readonly CodePointRanges<int[]> mapped;

    private IdnaTable()
    {
        var sections = ReadSections();
        Valid = new(sections["valid"], _ => true);
        Marks = new(sections["marks"], _ => true);
        CombiningClasses = new(sections["combining"], value => int.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
        BidiClasses = new(sections["bidi"], value => value[0]);
        JoiningTypes = new(sections["joining"], value => value[0]);
        mapped = new(sections["mapped"], Points);
        Compositions = sections["compositions"].Select(Points).ToDictionary(points => (points[1], points[2]), points => points[0]);
        Decompositions = Compositions.ToDictionary(pair => pair.Value, pair => pair.Key);
    }

    public static IdnaTable Instance => Loaded.Value;

    /// <summary>The code points that may stand in a label.</summary>
    public CodePointRanges<bool> Valid { get; }

    /// <summary>The code points of the general category Mark.</summary>
    public CodePointRanges<bool> Marks { get; }

    /// <summary>The order of combining marks. The numbers are not those of Unicode, but are in the same order.</summary>
    public CodePointRanges<int> CombiningClasses { get; }

    /// <summary>The bidirectional classes: R (also AL), N (AN), E (EN), M (NSM), O (ES, CS, ET, ON, BN), X (any other). L is left out.</summary>
    public CodePointRanges<char> BidiClasses { get; }

    /// <summary>The joining types D, L, R and T.</summary>
    public CodePointRanges<char> JoiningTypes { get; }

    /// <summary>The composed characters by their two parts, without Hangul.</summary>
    public Dictionary<(int First, int Second), int> Compositions { get; }

    /// <summary>The two parts of composed characters, without Hangul.</summary>
    public Dictionary<int, (int First, int Second)> Decompositions { get; }

    /// <summary>Appends what the mapping of UTS #46 makes of a code point; returns false if it is not allowed.</summary>
    public bool TryMap(int point, List<int> result)
    {
        if (Valid.Contains(point))
        {
            result.Add(point);
            return true;
        }

        if (!mapped.TryFind(point, out var first, out var points))
        {
            return false;
        }

        // The text of a range of several code points is that of the first, and counts up with them.
        result.AddRange(points is [var single] ? [single + point - first] : points!);
        return true;
    }

    private static int[] Points(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(digits => CodePointRanges<int>.Hex(digits))];

    private static Dictionary<string, List<string>> ReadSections()
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        using var reader = new StreamReader(typeof(IdnaTable).Assembly.GetManifestResourceStream("Urls/idna.txt")!);
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '[')
            {
                sections[line[1..^1]] = lines = [];
            }
            else if (line[0] != '#')
            {
                lines.Add(line);
            }
        }

        return sections;
    }
}

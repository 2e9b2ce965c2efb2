namespace XQr.Api.Urls;

/// <summary>
/// Converts text to the normalization form C of Unicode (UAX #15), for the code points of host names. <see cref="string.Normalize()"/>
/// does not change text if the process runs without ICU.
/// </summary>
internal static class CanonicalComposition
{
    // Hangul syllables are composed by arithmetic (The Unicode Standard, section 3.12).
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;

    public static List<int> Normalize(IReadOnlyList<int> points, IdnaTable table)
    {
        var decomposed = new List<int>(points.Count);
        foreach (var point in points)
        {
            Decompose(point, decomposed, table);
        }

        return Compose(decomposed, Order(decomposed, table), table);
    }

    private static void Decompose(int point, List<int> result, IdnaTable table)
    {
        var index = point - SyllableBase;
        if (index is >= 0 and < LeadCount * VowelCount * TrailCount)
        {
            result.Add(LeadBase + (index / (VowelCount * TrailCount)));
            result.Add(VowelBase + (index / TrailCount % VowelCount));
            if (index % TrailCount > 0)
            {
                result.Add(TrailBase + (index % TrailCount));
            }
        }
        else if (table.Decompositions.TryGetValue(point, out var parts))
        {
            Decompose(parts.First, result, table);
            result.Add(parts.Second);
        }
        else
        {
            result.Add(point);
        }
    }

    /// <summary>
    /// Sorts the marks after each letter by their class; marks of one class keep their order. Each class is looked up only once, because
    /// the number of moves grows with the square of the number of marks, and a hostile name has hundreds.
    /// </summary>
    private static int[] Order(List<int> points, IdnaTable table)
    {
        int[] classes = [.. points.Select(point => table.CombiningClasses.Find(point, 0))];
        for (var i = 1; i < points.Count; i++)
        {
            var (point, order, at) = (points[i], classes[i], i);
            while (order > 0 && at > 0 && classes[at - 1] > order)
            {
                (points[at], classes[at]) = (points[at - 1], classes[at - 1]);
                at--;
            }

            (points[at], classes[at]) = (point, order);
        }

        return classes;
    }

    private static List<int> Compose(List<int> points, int[] classes, IdnaTable table)
    {
        var result = new List<int>(points.Count);
        var starter = -1;
        var before = 0;
        foreach (var (point, order) in points.Zip(classes))
        {
            // A character in between blocks the composition, unless its class is lower.
            var isApart = starter >= 0 && result.Count - 1 > starter && before >= order;
            if (starter >= 0 && !isApart && Pair(result[starter], point, table) is { } composed)
            {
                result[starter] = composed;
                continue;
            }

            starter = order == 0 ? result.Count : starter;
            before = order;
            result.Add(point);
        }

        return result;
    }

    private static int? Pair(int first, int second, IdnaTable table)
    {
        if (first - LeadBase is >= 0 and < LeadCount and var lead && second - VowelBase is >= 0 and < VowelCount and var vowel)
        {
            return SyllableBase + (((lead * VowelCount) + vowel) * TrailCount);
        }

        if (first - SyllableBase is >= 0 and < LeadCount * VowelCount * TrailCount and var index && index % TrailCount == 0
            && second - TrailBase is > 0 and < TrailCount and var trail)
        {
            return first + trail;
        }

        return table.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }
}

namespace XQr.Api.Pipeline;

/// <summary>Finds the known name that is closest to a mistyped one.</summary>
internal static class ClosestName
{
    /// <summary>The length from which a name is too unlike any known one to compare.</summary>
    private const int MaxLength = 40;

    /// <summary>Returns the known name that differs by a typing error or two; null if there is none.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        return known.MinBy(other => Distance(name, other)) is { } closest
            && Distance(name, closest) <= Math.Max(1, Math.Min(name.Length, closest.Length) / 3)
            ? closest
            : null;
    }

    /// <summary>Returns the closest known name, at any distance.</summary>
    public static string Nearest(string name, IEnumerable<string> known) =>
        known.MinBy(other => Distance(name.Length > MaxLength ? name[..MaxLength] : name, other))!;

    /// <summary>Counts the letters to insert, remove, replace or swap with their neighbour (optimal string alignment), ignoring case.</summary>
    private static int Distance(string one, string other)
    {
        var (before, last, current) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var differs = Same(one[i - 1], other[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + differs);
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            (before, last, current) = (last, current, before);
        }

        return last[other.Length];
    }

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}

namespace XQr.Api.Urls;

/// <summary>Checks the rule for labels that are written from right to left (RFC 5893, section 2).</summary>
internal static class BidiRule
{
    /// <summary>Returns whether a label makes the rule apply to its whole name.</summary>
    public static bool IsBidi(IReadOnlyList<int> label, IdnaTable table) => label.Any(point => ClassOf(point, table) is 'R' or 'N');

    /// <summary>Returns whether a label follows the rule. Labels of names to which the rule does not apply need not.</summary>
    public static bool IsFollowed(IReadOnlyList<int> label, IdnaTable table)
    {
        if (label.Count == 0)
        {
            return true;
        }

        var classes = string.Concat(label.Select(point => ClassOf(point, table)));
        var last = classes.TrimEnd('M') is [.., var end] ? end : 'M';
        return classes[0] switch
        {
            'R' => classes.All(one => one is 'R' or 'N' or 'E' or 'M' or 'O') && last is 'R' or 'E' or 'N'
                && !(classes.Contains('E') && classes.Contains('N')),
            'L' => classes.All(one => one is 'L' or 'E' or 'M' or 'O') && last is 'L' or 'E',
            _ => false,
        };
    }

    private static char ClassOf(int point, IdnaTable table) => table.BidiClasses.Find(point, 'L');
}

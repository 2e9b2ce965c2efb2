namespace XQr.Api.Analytics.Queries;

/// <summary>The scans with one value of a property.</summary>
/// <param name="Value">The value: a country, a browser, a label …</param>
/// <param name="Count">The number of scans.</param>
internal sealed record ValueCount(string Value, long Count)
{
    /// <summary>Adds up counts by value. The highest count comes first; equal counts are in alphabetical order.</summary>
    public static ValueCount[] Rank(IEnumerable<KeyValuePair<string, long>> counts)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (value, count) in counts)
        {
            sums[value] = sums.GetValueOrDefault(value) + count;
        }

        return
        [
            .. sums.OrderByDescending(sum => sum.Value).ThenBy(sum => sum.Key, StringComparer.Ordinal)
                .Select(sum => new ValueCount(sum.Key, sum.Value)),
        ];
    }
}

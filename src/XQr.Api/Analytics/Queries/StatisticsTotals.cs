using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Queries;

/// <summary>Sums statistics of days. The number of visitors is the sum of the visitors of each day.</summary>
internal sealed class StatisticsTotals(IReadOnlyList<DailyStatistics> days)
{
    /// <summary>Gets the number of scans.</summary>
    public long Scans => days.Sum(day => day.Statistics.Scans);

    /// <summary>Gets the number of visitors.</summary>
    public long Visitors => days.Sum(day => day.Statistics.Visitors.Estimate());

    /// <summary>Returns the scans by the values of a dimension, ranked.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="create">A function that creates an entry from a value and its count.</param>
    public IReadOnlyList<T> By<T>(Dimension dimension, Func<string, long, T> create) =>
        Ranked(days.SelectMany(day => day.Statistics.By(dimension).All), create);

    /// <summary>Sums counts by value. The highest count comes first; equal counts are ordered by value.</summary>
    public static IReadOnlyList<T> Ranked<T>(IEnumerable<KeyValuePair<string, long>> counts, Func<string, long, T> create)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (value, count) in counts)
        {
            sums[value] = sums.GetValueOrDefault(value) + count;
        }

        return [.. sums.OrderByDescending(sum => sum.Value).ThenBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => create(sum.Key, sum.Value))];
    }
}

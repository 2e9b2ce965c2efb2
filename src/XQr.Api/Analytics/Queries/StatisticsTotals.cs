using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Queries;

/// <summary>Statistics of days, added up. Visitors are those of each day: who comes again on another can't be known.</summary>
internal sealed class StatisticsTotals(IReadOnlyList<DailyStatistics> days)
{
    public long Scans => days.Sum(day => day.Statistics.Scans);

    public long Visitors => days.Sum(day => day.Statistics.Visitors.Estimate());

    /// <summary>Scans by the values of a dimension, the most first.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="make">What to make of each.</param>
    public IReadOnlyList<T> By<T>(Dimension dimension, Func<string, long, T> make) =>
        Ranked(days.SelectMany(day => day.Statistics.By(dimension).All), make);

    /// <summary>Adds counts up, the most first, ties by value.</summary>
    public static IReadOnlyList<T> Ranked<T>(IEnumerable<KeyValuePair<string, long>> counts, Func<string, long, T> make)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (value, count) in counts)
        {
            sums[value] = sums.GetValueOrDefault(value) + count;
        }

        return [.. sums.OrderByDescending(sum => sum.Value).ThenBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => make(sum.Key, sum.Value))];
    }
}

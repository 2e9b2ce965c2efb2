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
    public ValueCount[] By(Dimension dimension) => ValueCount.Rank(days.SelectMany(day => day.Statistics.By(dimension).All));
}

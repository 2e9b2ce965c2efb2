using Azure.Data.Tables;

namespace XQr.Api.Analytics.Statistics;

/// <summary>The stored rows of a period (<see cref="LinkPeriodStore"/>).</summary>
/// <param name="period">The period.</param>
internal sealed class LinkPeriodRows(LinkPeriod period)
{
    private readonly List<TableEntity> counts = [];
    private TableEntity? header;
    private bool hasChanged;

    /// <summary>Gets the period.</summary>
    public LinkPeriod Period => period;

    /// <summary>Gets the rows of counts.</summary>
    public IReadOnlyList<TableEntity> Counts => counts;

    /// <summary>Gets whether the counts are the sums of the days: no day has changed, and all rows were written together.</summary>
    public bool IsCurrent => !hasChanged && header is not null
        && header.GetInt32("Rows") == counts.Count
        && counts.TrueForAll(row => row.GetString("Build") == header.GetString("Build"));

    /// <summary>Adds a row.</summary>
    public void Add(TableEntity row)
    {
        if (row.RowKey == StatisticsKeys.Period(period.From))
        {
            header = row;
        }
        else if (row.RowKey == StatisticsKeys.ChangedPeriod(period))
        {
            hasChanged = true;
        }
        else
        {
            counts.Add(row);
        }
    }
}

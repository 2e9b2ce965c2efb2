using Azure.Data.Tables;
using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Adds up the scan counts of links, and creates the rows of a period (<see cref="LinkPeriodStore"/>).</summary>
internal sealed class LinkSumRows
{
    private readonly Dictionary<Guid, long> people = [];
    private readonly Dictionary<Guid, long> bots = [];

    /// <summary>Adds the counts of a row.</summary>
    public void Add(TableEntity row)
    {
        LinkCountsRow.Read(row, DailyStatisticsRow.People, people);
        LinkCountsRow.Read(row, DailyStatisticsRow.Bots, bots);
    }

    /// <summary>Creates the rows of a period one by one.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="period">The period.</param>
    /// <param name="build">The string that all rows of a sum have in common.</param>
    public IEnumerable<TableEntity> ToRows(string workspaceId, LinkPeriod period, string build)
    {
        foreach (var (number, links) in people.Keys.Union(bots.Keys).Chunk(LinkCountsRow.MaxLinks).Index())
        {
            var row = new TableEntity(workspaceId, StatisticsKeys.PeriodLinks(period, number)) { ["Build"] = build };
            LinkCountsRow.Set(row, DailyStatisticsRow.People, CountsOf(links, people));
            LinkCountsRow.Set(row, DailyStatisticsRow.Bots, CountsOf(links, bots));
            yield return row;
        }
    }

    private static Dictionary<Guid, long> CountsOf(Guid[] links, Dictionary<Guid, long> counts) =>
        links.Where(counts.ContainsKey).ToDictionary(link => link, link => counts[link]);
}

using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Primitives;

namespace XQr.Api.Analytics.Queries;

/// <summary>
/// Creates readers of statistics. It aggregates pending scans first, so that statistics include every stored scan. One transaction if nothing
/// is pending, and one more for a link.
/// </summary>
internal sealed class StatisticsReaderFactory(StatisticsStore statistics, ScanAggregator aggregator, LinkStore links)
{
    /// <summary>Creates a reader of the statistics of a workspace.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="includeBots">True to include bots.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<StatisticsReader> OpenAsync(string workspaceId, bool includeBots, CancellationToken cancellationToken) =>
        OpenAsync(workspaceId, link: null, includeBots, cancellationToken);

    /// <summary>Creates a reader of the statistics of a workspace or of one of its links.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="linkId">The id of the link; null for the whole workspace.</param>
    /// <param name="includeBots">True to include bots.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The reader; null if the link does not exist.</returns>
    public async Task<StatisticsReader?> TryOpenAsync(string workspaceId, string? linkId, bool includeBots, CancellationToken cancellationToken)
    {
        Link? link = null;
        if (linkId is not null && (!Ids.TryParse(linkId, out var id) || (link = await links.FindAsync(workspaceId, id, cancellationToken)) is null))
        {
            return null;
        }

        return await OpenAsync(workspaceId, link, includeBots, cancellationToken);
    }

    private async Task<StatisticsReader> OpenAsync(string workspaceId, Link? link, bool includeBots, CancellationToken cancellationToken)
    {
        await aggregator.PrepareAsync(workspaceId, cancellationToken);
        return new(statistics, workspaceId, link, includeBots);
    }
}

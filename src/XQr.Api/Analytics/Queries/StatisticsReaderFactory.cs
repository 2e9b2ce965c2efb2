using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Analytics.Queries;

/// <summary>Creates readers of statistics for requests.</summary>
internal sealed class StatisticsReaderFactory(StatisticsStore statistics, ScanAggregator aggregator, LinkStore links)
{
    /// <summary>
    /// The timeout of a request that aggregates first. The first request after a long pause may have many scans to aggregate. Calls to storage
    /// have their own timeout.
    /// </summary>
    private static readonly TimeSpan AggregationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Aggregates pending scans, so that statistics include every stored scan, and returns a reader. One transaction if nothing is pending, and
    /// one more for a link.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="linkId">The requested link; null for the whole workspace.</param>
    /// <param name="includeBots">Whether to include bots.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The reader; null if the link does not exist.</returns>
    public async Task<StatisticsReader?> OpenAsync(HttpContext context, string? linkId, bool includeBots, CancellationToken cancellationToken)
    {
        var workspaceId = context.Caller().WorkspaceId;
        Link? link = null;
        if (linkId is not null && (!Ids.TryParse(linkId, out var id) || (link = await links.FindAsync(workspaceId, id, cancellationToken)) is null))
        {
            return null;
        }

        context.Api().Deadline?.CancelAfter(AggregationTimeout);
        await aggregator.PrepareAsync(workspaceId, cancellationToken);
        return new(statistics, workspaceId, link, includeBots);
    }
}

using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>Gives requests what they read statistics with.</summary>
internal sealed class StatisticsReaderFactory(StatisticsStore statistics, ScanAggregator aggregator, LinkStore links)
{
    /// <summary>Whoever comes after a long silence counts many scans first. Each call to storage still fails by itself where storage is down.</summary>
    private static readonly TimeSpan AggregationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Brings the statistics up to date, so that they have every scan that was stored before; null where there is no such link. One
    /// transaction where nothing is pending, one more for a link.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="linkId">The link that it is about; null for the whole workspace.</param>
    /// <param name="includeBots">Whether it is about bots too.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
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

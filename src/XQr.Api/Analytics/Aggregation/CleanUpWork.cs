using System.Globalization;
using Microsoft.Extensions.Options;
using XQr.Api.Analytics.Scans;
using XQr.Api.Work;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Removes what a workspace no longer may have: scans of deleted links and scans after their retention; then the markers of deleted links of
/// which no more scans can arrive, and the rows of writers that are gone. It aggregates and erases first. At the end it adds up the scan counts
/// by link of past periods.
/// </summary>
internal sealed class CleanUpWork(
    ScanAggregator aggregator,
    LinkPeriodSumStore periods,
    ScanArchiveStore archive,
    ArchiveErasureStore erasure,
    DeletedLinkStore deletedLinks,
    ScanWriterStore writers,
    KnownWorkspaceStore known,
    IOptions<ScanOptions> options,
    TimeProvider time)
    : IWorkHandler
{
    /// <summary>The time for which markers of deleted links are kept after the retention of scans.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromDays(1);

    public string Work => WorkNames.CleanUp;

    /// <summary>Cleans up a workspace. Seven transactions if there is nothing to do, eight while it has markers of deleted links.</summary>
    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken)
    {
        var position = CleanUpPosition.Read(subject);
        var workspaceId = position?.WorkspaceId ?? subject;
        var now = time.GetUtcNow();
        var retainedSince = now - TimeSpan.FromDays(options.Value.RawRetentionDays);

        // The aggregation erases these links from the statistics. No scan of them reaches the archive after that.
        var deleted = await deletedLinks.ReadAsync(workspaceId, cancellationToken);
        var aggregation = await aggregator.CompleteAsync(workspaceId, budget, cancellationToken);
        if (aggregation == AggregationOutcome.TimeUsedUp
            || !await archive.RemoveAsync(workspaceId, retainedSince, budget, cancellationToken))
        {
            return subject;
        }

        await writers.RemoveAsync(workspaceId, now - ScanWriterStore.Retention, cancellationToken);
        var mayBeArchived = deleted.Where(link => link.MayBeArchived).ToArray();
        var last = position?.Last ?? mayBeArchived.Select(link => link.StoredAt).DefaultIfEmpty().Max();
        var archived = mayBeArchived.Where(link => link.StoredAt <= last).Select(link => link.Id).ToHashSet();
        if (archived.Count > 0)
        {
            if (await erasure.EraseAsync(workspaceId, archived, position?.RowKey ?? "", budget, cancellationToken) is { } next)
            {
                return new CleanUpPosition(workspaceId, last, next).ToString();
            }

            await deletedLinks.MarkArchiveErasedAsync(workspaceId, archived, cancellationToken);
        }

        var expired = deleted.Where(link => link.DeletedAt < retainedSince - GracePeriod).Select(link => link.Id).ToArray();
        await deletedLinks.RemoveAsync(workspaceId, expired, cancellationToken);
        if (deleted.Count > expired.Length)
        {
            // Their markers must be removed one day, even if the workspace never has a visitor.
            await known.AddAsync(workspaceId, cancellationToken);
        }

        if (archived.Count < mayBeArchived.Length)
        {
            // These were deleted after the rows before the position were cleaned.
            return workspaceId;
        }

        if (!await periods.AddUpAsync(workspaceId, DateOnly.FromDateTime(now.UtcDateTime), budget, cancellationToken))
        {
            return workspaceId;
        }

        return aggregation == AggregationOutcome.Failed
            ? throw new WorkFailedException($"A part of the aggregation of workspace {workspaceId} failed. The rest of the clean-up is done.")
            : null;
    }

    /// <summary>The place where a clean-up of the archive continues.</summary>
    /// <param name="WorkspaceId">The workspace.</param>
    /// <param name="Last">The last deletion before the clean-up began. Links that are deleted later need one of their own.</param>
    /// <param name="RowKey">The last row that was cleaned.</param>
    private sealed record CleanUpPosition(string WorkspaceId, DateTimeOffset Last, string RowKey)
    {
        public static CleanUpPosition? Read(string subject) => subject.Split(' ') is [var workspaceId, var last, var rowKey]
            ? new(workspaceId, new(long.Parse(last, CultureInfo.InvariantCulture), TimeSpan.Zero), rowKey)
            : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WorkspaceId} {Last.UtcTicks} {RowKey}");
    }
}

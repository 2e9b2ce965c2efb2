using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>A page of a workspace's pending work.</summary>
/// <param name="ToErase">The deleted links whose statistics must still be erased.</param>
/// <param name="StaleDays">The days whose visitors must be computed again.</param>
/// <param name="Batches">The batches to aggregate, ordered by hour.</param>
/// <param name="IsLast">True if no work follows the page.</param>
internal sealed record PendingWork(
    IReadOnlyList<Guid> ToErase, IReadOnlyList<DateOnly> StaleDays, IReadOnlyList<PendingBatch> Batches, bool IsLast);

/// <summary>
/// Reads the rows that represent pending work (<see cref="AggregationStore"/>). An unreadable row is moved to the quarantine, so that it does
/// not block other work.
/// </summary>
internal sealed class PendingWorkStore(Tables tables, QuarantineStore quarantine)
{
    /// <summary>The prefix of all rows that represent pending work, so that one query returns them.</summary>
    private const string Work = "s";
    private const string AfterWork = "t";
    private const string Stale = "s+";

    /// <summary>The key that sorts after all other work and before the batches, whose keys continue with a digit.</summary>
    private const string BeforeBatches = "s/";

    /// <summary>Returns the pending work page by page. One transaction for each page.</summary>
    public IAsyncEnumerable<PendingWork> ReadAsync(string workspaceId, CancellationToken cancellationToken) =>
        ReadAsync(workspaceId, Work, cancellationToken);

    /// <summary>
    /// Returns the first work, at most a thousand rows or 4 MiB. One transaction; one more if the first rows are all of other work than batches,
    /// to read some batches too.
    /// </summary>
    public async Task<PendingWork> ReadFirstAsync(string workspaceId, CancellationToken cancellationToken)
    {
        var work = await ReadFirstAsync(workspaceId, Work, cancellationToken);
        return work is { IsLast: false, Batches.Count: 0 }
            ? work with { Batches = (await ReadFirstAsync(workspaceId, BeforeBatches, cancellationToken)).Batches }
            : work;
    }

    /// <summary>Returns the keys of the rows between two, both included. One transaction for each thousand rows.</summary>
    public async Task<HashSet<string>> ReadKeysAsync(string workspaceId, string first, string last, CancellationToken cancellationToken) =>
        await tables.Workspaces
            .QueryRange(workspaceId, first, last, ["RowKey"], null, cancellationToken)
            .Select(row => row.RowKey).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);

    /// <summary>Returns the first pending batches of an hour. One transaction.</summary>
    public async Task<List<PendingBatch>> ReadHourAsync(string workspaceId, string hourText, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(workspaceId, Work + hourText, cancellationToken).FirstAsync(cancellationToken)).Batches];

    /// <summary>Returns the links that must still be erased. One transaction for each link.</summary>
    public async Task<Guid[]> StillToEraseAsync(string workspaceId, IReadOnlyList<Guid> links, CancellationToken cancellationToken)
    {
        var rows = await links.ReadEachAsync(
            StatisticsRows.Parallelism,
            (link, token) => tables.Workspaces.FindAsync(workspaceId, LinkKeys.ToEraseLink(link), token),
            cancellationToken);
        return [.. links.Where((_, index) => rows[index] is not null)];
    }

    /// <summary>Returns the key of the row that requests that a day's visitors are computed again.</summary>
    public static string StaleKey(DateOnly day) => Stale + StatisticsKeys.Day(day)[1..];

    private async IAsyncEnumerable<PendingWork> ReadAsync(
        string workspaceId, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = tables.Workspaces.QueryPrefix(workspaceId, prefix, null, cancellationToken);
        var size = PendingPageSize.Initial;
        string? next = null;
        do
        {
            var page = await rows.AsPages(next, size).FirstAsync(cancellationToken);
            yield return await ReadAsync(workspaceId, page, cancellationToken);
            next = page.ContinuationToken;
            size = PendingPageSize.Next(page.Values.Count, page.Values.Sum(row => (long)row.RequestSize()));
        }
        while (next is not null);
    }

    private async Task<PendingWork> ReadFirstAsync(string workspaceId, string after, CancellationToken cancellationToken)
    {
        var rows = tables.Workspaces.QueryAsync<TableEntity>(
            TableEntities.Between(workspaceId, after, AfterWork), cancellationToken: cancellationToken);
        return await ReadAsync(workspaceId, await rows.AsPages().FirstAsync(cancellationToken), cancellationToken);
    }

    private async Task<PendingWork> ReadAsync(string workspaceId, Page<TableEntity> page, CancellationToken cancellationToken)
    {
        var (toErase, staleDays, batches) = (new List<Guid>(), new List<DateOnly>(), new List<PendingBatch>());
        foreach (var row in page.Values)
        {
            try
            {
                switch (row.RowKey[..2])
                {
                    case LinkKeys.ToErase:
                        toErase.Add(row.GetGuid("Id") ?? throw new InvalidDataException("The row has no Id."));
                        break;
                    case Stale:
                        staleDays.Add(StatisticsKeys.DayOf(row.RowKey));
                        break;
                    default:
                        batches.Add(PendingBatch.Read(row.RowKey, row.GetBytes("Data")));
                        break;
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or FormatException or InvalidOperationException
                or InvalidCastException or ArgumentException)
            {
                await quarantine.AddAsync(workspaceId, row, exception, cancellationToken);
            }
        }

        return new(toErase, staleDays, batches, page.ContinuationToken is null);
    }
}

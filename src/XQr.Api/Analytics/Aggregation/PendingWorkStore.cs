using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>What a workspace has to be done: a page of it.</summary>
/// <param name="ToErase">Deleted links whose statistics are still there.</param>
/// <param name="StaleDays">Days whose visitors are to be put together again.</param>
/// <param name="Batches">Batches to fold, in the order of their hours.</param>
internal sealed record PendingWork(IReadOnlyList<Guid> ToErase, IReadOnlyList<DateOnly> StaleDays, IReadOnlyList<PendingBatch> Batches);

/// <summary>
/// Reads the rows that are work to do (<see cref="AggregationStore"/>). A row that cannot be read is moved to the quarantine, so that it holds
/// up nothing else.
/// </summary>
internal sealed class PendingWorkStore(Tables tables, QuarantineStore quarantine)
{
    /// <summary>Begins the rows that are work to do: one query has all of it.</summary>
    private const string Work = "s";
    private const string Stale = "s+";

    /// <summary>Returns what there is to do, page by page. One transaction each.</summary>
    public IAsyncEnumerable<PendingWork> ReadAsync(string workspaceId, CancellationToken cancellationToken) => ReadAsync(workspaceId, Work, cancellationToken);

    /// <summary>Returns what there is to do of an hour.</summary>
    public async Task<List<PendingBatch>> ReadHourAsync(string workspaceId, string hourText, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(workspaceId, Work + hourText, cancellationToken).FirstAsync(cancellationToken)).Batches];

    /// <summary>Returns which of some links are still to be erased. One transaction each.</summary>
    public async Task<Guid[]> StillToEraseAsync(string workspaceId, Guid[] links, CancellationToken cancellationToken)
    {
        var rows = await links.ReadEachAsync(
            StatisticsRows.Parallelism, (link, token) => tables.Workspaces.FindAsync(workspaceId, LinkKeys.ToEraseLink(link), token), cancellationToken);
        return [.. links.Where((_, index) => rows[index] is not null)];
    }

    /// <summary>Returns the key of the row that says that a day's visitors are to be put together again.</summary>
    public static string StaleKey(DateOnly day) => Stale + StatisticsKeys.Day(day)[1..];

    private async IAsyncEnumerable<PendingWork> ReadAsync(string workspaceId, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = tables.Workspaces.QueryPrefix(workspaceId, prefix, null, cancellationToken);
        var size = PendingPageSize.Initial;
        string? next = null;
        do
        {
            var page = await rows.AsPages(next, size).FirstAsync(cancellationToken);
            yield return await ReadAsync(workspaceId, page.Values, cancellationToken);
            next = page.ContinuationToken;
            size = PendingPageSize.Next(page.Values.Count, page.Values.Sum(row => (long)row.RequestSize()));
        }
        while (next is not null);
    }

    private async Task<PendingWork> ReadAsync(string workspaceId, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        var (toErase, staleDays, batches) = (new List<Guid>(), new List<DateOnly>(), new List<PendingBatch>());
        foreach (var row in rows)
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
            catch (Exception exception) when (exception is InvalidDataException or FormatException or InvalidOperationException or InvalidCastException or ArgumentException)
            {
                await quarantine.AddAsync(workspaceId, row, exception, cancellationToken);
            }
        }

        return new(toErase, staleDays, batches);
    }
}

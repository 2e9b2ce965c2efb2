using Azure;
using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Scans;

/// <summary>
/// Stores batches of scans and tallies. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>s{yyyyMMddHH}{batch}</c></term><description>a batch of scans of that hour (UTC): Data0, Data1, … of 64 KiB
/// (<see cref="ScanBatchFormat"/>), and Scans, the number of scans</description></item>
/// <item><term><c>l{inverted link id}t{name}</c></term><description>a tally of a link's scans: Count, LastScanAt, Days
/// (<see cref="RecentScans"/>). The tally without a name is the sum of the merged ones; each other tally belongs to one writer</description></item>
/// </list>
/// A batch, the tallies of its scans by people and the writer's own row (<see cref="ScanWriterStore"/>) are written in one transaction. A stored
/// scan is therefore counted, and a batch cannot be stored twice. The tallies of a writer that died still count, and the next merge of the
/// link's tallies includes them.
/// </summary>
internal sealed class ScanStore(Tables tables, ScanWriterStore writers, TimeProvider time)
{
    private const int Attempts = 3;
    private const int MaxMergedTallies = 98;

    /// <summary>
    /// The time without a change after which other writers may merge a tally. A shorter time would only make its writer begin another one.
    /// </summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(10);

    /// <summary>Stores a batch and counts its scans. Repeated calls have no further effect. One transaction.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="batch">The batch. Its writer must not store another one before this one is stored.</param>
    /// <param name="tallies">The writer's tallies.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="InvalidDataException">The batch was retried for so long that it is unknown whether it was stored.</exception>
    public async Task AppendAsync(string workspaceId, ScanBatch batch, WriterTallies tallies, CancellationToken cancellationToken)
    {
        var row = ToRow(workspaceId, $"s{batch.Hour}{batch.Id}", ScanBatchFormat.Write(batch.Scans), batch.Scans.Count);
        (Guid LinkId, LinkScans Scans)[] changes =
            [.. batch.Scans.Where(scan => !scan.IsBot).GroupBy(
                scan => scan.LinkId, scan => scan.At, (link, times) => (link, LinkScans.Of([.. times])))];
        var firstAttempt = tallies.FirstAttempt(batch.Id, time.GetUtcNow());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var responses = await tables.Workspaces.SubmitTransactionAsync(
                    changes.Select(change => ToAction(workspaceId, change.LinkId, tallies[change.LinkId], change.Scans))
                        .Prepend(new(TableTransactionActionType.Add, row))
                        .Prepend(ScanWriterStore.ToAction(workspaceId, tallies, batch.Id)),
                    cancellationToken);
                tallies.Version = responses.Value[0].Headers.ETag!.Value.ToString();
                foreach (var (change, response) in changes.Zip(responses.Value.Skip(2)))
                {
                    var tally = tallies[change.LinkId];
                    tally.Set(tally.Scans.Add(change.Scans), response.Headers.ETag!.Value.ToString());
                }

                return;
            }
            catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure) && attempt < Attempts)
            {
                // Either an earlier attempt succeeded although its response was lost, or another writer merged or deleted one of the tallies.
                tallies.Drop(changes.Select(change => change.LinkId));
                if (await writers.IsLastAsync(workspaceId, tallies, batch.Id, cancellationToken))
                {
                    return;
                }

                if (tallies.Version is null && time.GetUtcNow() - firstAttempt > ScanWriterStore.Retention / 2)
                {
                    throw new InvalidDataException(
                        "The writer's row is gone, so it is unknown whether an earlier attempt stored the batch.", failure);
                }
            }
        }
    }

    /// <summary>Creates a row of scans.</summary>
    public static TableEntity ToRow(string workspaceId, string rowKey, byte[] data, int scans)
    {
        var row = new TableEntity(workspaceId, rowKey) { ["Scans"] = scans };
        row.SetBytes("Data", data);
        return row;
    }

    /// <summary>Merges a finished tally and the link's abandoned tallies into the link's sum. Two transactions.</summary>
    public async Task MergeAsync(string workspaceId, Guid linkId, Tally finished, CancellationToken cancellationToken)
    {
        var abandonedBefore = time.GetUtcNow() - AbandonedAfter;
        await foreach (var rows in LinkRows.ReadAsync(tables.Workspaces.QueryPrefix(workspaceId, LinkKeys.Link(linkId), null, cancellationToken)))
        {
            var sum = rows.Tallies.FirstOrDefault(row => row.RowKey == LinkKeys.Tally(linkId, ""));
            TableEntity[] merged = [.. rows.Tallies
                .Where(row => row != sum && (row.RowKey == LinkKeys.Tally(linkId, finished.Name) || row.Timestamp < abandonedBefore))
                .Take(MaxMergedTallies)];
            if (merged.Length > 0)
            {
                await TryMergeAsync(workspaceId, linkId, rows.ToLink() is null ? null : sum ?? new(), merged, cancellationToken);
            }
        }
    }

    /// <summary>Merges tallies into a link's sum, unless another writer changes one of them.</summary>
    /// <param name="workspaceId">The partition.</param>
    /// <param name="linkId">The id of the link.</param>
    /// <param name="sum">The row that takes the sum; null for a link that is gone, whose tallies go too.</param>
    /// <param name="merged">The tallies to add and remove.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    private async Task TryMergeAsync(
        string workspaceId, Guid linkId, TableEntity? sum, TableEntity[] merged, CancellationToken cancellationToken)
    {
        var actions = merged.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)).ToList();
        if (sum is not null)
        {
            var changed = TallyRow.From(workspaceId, LinkKeys.Tally(linkId, ""), TallyRow.Sum(merged.Append(sum)));
            actions.Add(sum.ETag == default
                ? new(TableTransactionActionType.Add, changed)
                : new(TableTransactionActionType.UpdateReplace, changed, sum.ETag));
        }

        // If another writer merges the tallies at the same time, nothing is left to do.
        await tables.Workspaces.TryTransactAsync(actions, cancellationToken);
    }

    private static TableTransactionAction ToAction(string workspaceId, Guid linkId, Tally tally, LinkScans added)
    {
        var row = TallyRow.From(workspaceId, LinkKeys.Tally(linkId, tally.Name), tally.Scans.Add(added));
        return tally.Version is null
            ? new(TableTransactionActionType.Add, row)
            : new(TableTransactionActionType.UpdateReplace, row, new ETag(tally.Version));
    }
}

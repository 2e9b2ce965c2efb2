using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>How a commit ended.</summary>
internal enum CommitOutcome
{
    /// <summary>All its actions are carried out, and counted.</summary>
    Done,

    /// <summary>The counts don't allow it; nothing was done.</summary>
    Refused,

    /// <summary>A row isn't as the actions expect it; nothing was done.</summary>
    Conflict,
}

/// <summary>
/// Transactions that change rows of a partition together with that partition's counts, which stand in one row: so the counts never
/// drift from what they count, whatever dies in between. Commits of one partition are gathered while another is under way and go to
/// storage together, so that writers in one process don't stand in each other's way; between processes the row's version decides.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="rowKey">The row of the counts.</param>
/// <param name="read">Reads the counts from their row.</param>
/// <param name="write">Writes them to a row of a partition.</param>
/// <param name="time">The clock.</param>
internal sealed class CountedCommits<TCounts>(
    TableClient table, string rowKey, Func<TableEntity?, TCounts> read, Func<string, TCounts, TableEntity> write, TimeProvider time)
    where TCounts : class
{
    private const int Attempts = 20;

    /// <summary>How long counts are believed without asking. If somebody else changed them, the transaction is refused and tried again.</summary>
    private static readonly TimeSpan Believe = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, CommitQueue<TCounts>> queues = new(StringComparer.Ordinal);

    /// <summary>One transaction.</summary>
    public async Task<TCounts> FindAsync(string partitionKey, CancellationToken cancellationToken) =>
        read(await table.FindAsync(partitionKey, rowKey, cancellationToken));

    /// <summary>Carries out actions and counts them. One transaction, shared with others that come at the same time; one more where the counts aren't known.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="count">What the counts become, or null where they don't allow it. Called again when others were quicker.</param>
    /// <param name="actions">Any but on the row of the counts.</param>
    /// <param name="cancellationToken">Ends the wait. What is on its way to storage by then may still be carried out.</param>
    public Task<CommitOutcome> CommitAsync(
        string partitionKey, Func<TCounts, TCounts?> count, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var commit = new Commit<TCounts>(count, actions, cancellationToken);
        queues.GetOrAdd(partitionKey, key => new(batch => RunAsync(key, batch))).Add(commit);
        return commit.Outcome.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(string partitionKey, List<Commit<TCounts>> batch)
    {
        var queue = queues[partitionKey];
        try
        {
            for (var attempt = 1; batch.Count > 0; attempt++)
            {
                if (attempt == Attempts)
                {
                    throw new TimeoutException($"Too many writers of the counts {rowKey}.");
                }

                if (queue.Known is not { } known || time.GetElapsedTime(known.At) > Believe)
                {
                    var row = await table.FindAsync(partitionKey, rowKey, CancellationToken.None);
                    queue.Known = known = new(read(row), row?.ETag, time.GetTimestamp());
                }

                if (await TryAsync(partitionKey, queue, known, batch))
                {
                    return;
                }

                await time.PauseAsync(attempt, 3, CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            queue.Known = null;
            batch.ForEach(commit => commit.Fail(exception));
        }
    }

    /// <summary>One transaction. False where it wasn't carried out, but may be when tried again with what is left of the batch.</summary>
    private async Task<bool> TryAsync(string partitionKey, CommitQueue<TCounts> queue, Known<TCounts> known, List<Commit<TCounts>> batch)
    {
        var counts = known.Counts;
        foreach (var commit in batch.ToArray())
        {
            if (commit.Count(counts) is { } next)
            {
                counts = next;
            }
            else
            {
                commit.End(CommitOutcome.Refused);
                batch.Remove(commit);
            }
        }

        if (batch.Count == 0)
        {
            return true;
        }

        var row = write(partitionKey, counts);
        var counting = known.Version is { } version
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, version)
            : new TableTransactionAction(TableTransactionActionType.Add, row);
        try
        {
            var answers = await table.SubmitTransactionAsync(batch.SelectMany(commit => commit.Actions).Prepend(counting));
            queue.Known = new(counts, answers.Value[0].Headers.ETag, time.GetTimestamp());
            batch.ForEach(commit => commit.End(CommitOutcome.Done));
            return true;
        }
        catch (TableTransactionFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            queue.Known = null;
            if (failure.FailedTransactionActionIndex is > 0 and { } index)
            {
                var guilty = batch.First(commit => (index -= commit.Actions.Count) <= 0);
                guilty.End(CommitOutcome.Conflict);
                batch.Remove(guilty);
            }

            return false;
        }
    }
}

/// <summary>Counts as they are known to stand in storage.</summary>
internal sealed record Known<TCounts>(TCounts Counts, ETag? Version, long At);

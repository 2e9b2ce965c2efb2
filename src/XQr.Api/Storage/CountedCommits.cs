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
    private static readonly TimeSpan CacheDuration = TimeSpan.FromSeconds(10);

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
            var (attempt, isCurrent) = (1, false);
            while (batch.Count > 0)
            {
                if (queue.Known is not { } known || time.GetElapsedTime(known.At) > CacheDuration)
                {
                    var row = await table.FindAsync(partitionKey, rowKey, CancellationToken.None);
                    queue.Known = known = new(read(row), row?.ETag, time.GetTimestamp());
                    isCurrent = true;
                }

                var (counts, included) = Select(known.Counts, isCurrent, batch);
                if (included.Count == 0)
                {
                    // Counts that somebody may have changed since refuse what is left of the batch: they are read again.
                    queue.Known = isCurrent ? known : null;
                }
                else if (await TryAsync(partitionKey, queue, known, counts, included) is { Count: > 0 } ended)
                {
                    isCurrent |= queue.Known != known;
                    batch.RemoveAll(ended.Contains);
                }
                else if (attempt++ == Attempts)
                {
                    throw new ContentionException($"The counts {rowKey} have too many writers.");
                }
                else
                {
                    await time.PauseAsync(attempt, 3, CancellationToken.None);
                }
            }
        }
        catch (Exception exception)
        {
            queue.Known = null;
            batch.ForEach(commit => commit.Fail(exception));
        }
    }

    /// <summary>
    /// Chooses the commits of the next transaction, and refuses those that the counts don't allow. A commit is refused only by counts that
    /// are in storage: not by those that commits before it would make, which may fail yet, nor by those that were read before it came.
    /// </summary>
    private static (TCounts Counts, List<Commit<TCounts>> Included) Select(TCounts counts, bool isCurrent, List<Commit<TCounts>> batch)
    {
        var included = new List<Commit<TCounts>>();
        foreach (var commit in batch.ToArray())
        {
            if (commit.Count(counts) is { } next)
            {
                counts = next;
                included.Add(commit);
            }
            else if (isCurrent && included.Count == 0)
            {
                commit.End(CommitOutcome.Refused);
                batch.Remove(commit);
            }
        }

        return (counts, included);
    }

    /// <summary>
    /// One transaction. Returns the commits that it ended: all of them, or the one that stands in the way of the others; none where
    /// somebody else changed the counts.
    /// </summary>
    private async Task<IReadOnlyList<Commit<TCounts>>> TryAsync(
        string partitionKey, CommitQueue<TCounts> queue, Known<TCounts> known, TCounts counts, List<Commit<TCounts>> included)
    {
        var row = write(partitionKey, counts);
        var counting = known.Version is { } version
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, version)
            : new TableTransactionAction(TableTransactionActionType.Add, row);
        try
        {
            var answers = await table.SubmitTransactionAsync(included.SelectMany(commit => commit.Actions).Prepend(counting));
            queue.Known = new(counts, answers.Value[0].Headers.ETag, time.GetTimestamp());
            included.ForEach(commit => commit.End(CommitOutcome.Done));
            return included;
        }
        catch (TableTransactionFailedException failure) when (!StorageFailure.IsOutage(failure) && failure.FailedTransactionActionIndex is > 0)
        {
            // The counts come first: they are still as they are known.
            var index = failure.FailedTransactionActionIndex.Value;
            var conflicting = included.First(commit => (index -= commit.Actions.Count) <= 0);
            if (StorageFailure.IsConflict(failure))
            {
                conflicting.End(CommitOutcome.Conflict);
            }
            else
            {
                conflicting.Fail(failure);
            }

            return [conflicting];
        }
        catch (TableTransactionFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            queue.Known = null;
            return [];
        }
    }
}

/// <summary>Counts as they are known to stand in storage.</summary>
internal sealed record Known<TCounts>(TCounts Counts, ETag? Version, long At);

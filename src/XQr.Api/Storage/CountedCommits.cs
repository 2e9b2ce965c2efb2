using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;

namespace XQr.Api.Storage;

/// <summary>The outcome of a commit.</summary>
internal enum CommitOutcome
{
    /// <summary>All actions were carried out and counted.</summary>
    Done,

    /// <summary>The counts do not allow the commit; nothing was changed.</summary>
    Refused,

    /// <summary>A row is not as the actions expect it; nothing was changed.</summary>
    Conflict,
}

/// <summary>
/// Changes rows of a partition and the counts of the partition, which are in one row, in one transaction. So the counts are exact, even
/// if a process dies. Commits of one partition that arrive while a transaction runs share the next one, so that writers in one process
/// do not conflict. Between processes the version of the row decides.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="rowKey">The row of the counts.</param>
/// <param name="read">Reads the counts from the row.</param>
/// <param name="write">Creates the row of a partition from its counts.</param>
/// <param name="time">The clock.</param>
internal sealed class CountedCommits<TCounts>(
    TableClient table, string rowKey, Func<TableEntity?, TCounts> read, Func<string, TCounts, TableEntity> write, TimeProvider time)
    where TCounts : class
{
    /// <summary>The time for which counts are used without reading them. If they are outdated, the transaction fails and is retried.</summary>
    private static readonly TimeSpan CacheDuration = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly KeyedState<string, CommitQueue<TCounts>> queues = new(_ => new(), SweepInterval, time, queue => queue.IsIdle);
    private readonly string subject = $"the counts {rowKey}";

    /// <summary>Gets the number of partitions whose commits this instance has run lately.</summary>
    public int Partitions => queues.Count;

    /// <summary>Reads the counts of a partition. Costs one transaction.</summary>
    public async Task<TCounts> FindAsync(string partitionKey, CancellationToken cancellationToken) =>
        read(await table.FindAsync(partitionKey, rowKey, cancellationToken));

    /// <summary>
    /// Carries out actions and counts them. Costs one transaction, shared with concurrent commits, and one more if the counts are not known.
    /// </summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="count">Returns the new counts; null if the counts do not allow the commit. It may be called again.</param>
    /// <param name="actions">The actions, on any rows but that of the counts.</param>
    /// <param name="cancellationToken">A token to cancel the wait. A transaction that was sent may still be carried out.</param>
    public Task<CommitOutcome> CommitAsync(
        string partitionKey, Func<TCounts, TCounts?> count, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var commit = new Commit<TCounts>(count, actions, cancellationToken);
        using var lease = queues.Use(partitionKey);
        var queue = lease.State;
        queue.Add(commit, batch => RunAsync(partitionKey, queue, batch));
        return commit.Outcome.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(string partitionKey, CommitQueue<TCounts> queue, List<Commit<TCounts>> batch)
    {
        try
        {
            var isCurrent = false;
            while (batch.Count > 0)
            {
                isCurrent = await time.RetryAsync(
                    subject, () => TryStepAsync(partitionKey, queue, batch, isCurrent), CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            queue.Known = null;
            batch.ForEach(commit => commit.Fail(exception));
        }
    }

    /// <summary>Ends some commits of a batch in one transaction, or refuses them.</summary>
    /// <returns>True if the known counts were read or written since the batch began; null if another writer changed the counts.</returns>
    private async Task<bool?> TryStepAsync(
        string partitionKey, CommitQueue<TCounts> queue, List<Commit<TCounts>> batch, bool isCurrent)
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
            // The known counts refuse the rest of the batch, but another writer may have changed them: they are read again.
            queue.Known = isCurrent ? known : null;
            return isCurrent;
        }

        var ended = await TryAsync(partitionKey, queue, known, counts, included);
        batch.RemoveAll(ended.Contains);
        return ended.Count > 0 ? isCurrent || queue.Known != known : null;
    }

    /// <summary>
    /// Chooses the commits of the next transaction, and refuses those that the counts do not allow. Only counts in storage refuse a commit:
    /// not the counts that earlier commits of the batch would make, because those may fail, nor counts that were read before it arrived.
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
    /// Runs one transaction. Returns the commits that it ended: all of them, or the one that conflicts; none if another writer changed the
    /// counts.
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
            // The failed action is not that of the counts, which is the first one, so the known counts are current.
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

/// <summary>The last counts that were read or written.</summary>
internal sealed record Known<TCounts>(TCounts Counts, ETag? Version, long At);

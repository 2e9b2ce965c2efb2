using System.Globalization;
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
/// Changes rows of a partition and the counts of the partition in one transaction. So the counts are exact, even if a process dies. Commits
/// of one partition that arrive while a transaction runs share the next one, so that writers in one process do not conflict.
/// <para>
/// Between processes the version of the row decides. The counts are in one row, until one process overtakes another: then they are
/// divided over <see cref="MaxRows"/> rows (<c>n</c>, <c>n1</c> to <c>nf</c>), of which a process changes one. Each row has a share of a
/// limit. Where a share does not suffice, a transaction writes all rows, and divides the counts equally.
/// </para>
/// </summary>
/// <param name="table">The table.</param>
/// <param name="rowKey">The first row of the counts. No other rows may have keys that begin with it.</param>
/// <param name="read">Reads the counts of a row.</param>
/// <param name="write">Creates a row from a partition, a row key and counts.</param>
/// <param name="time">The clock.</param>
internal sealed class CountedCommits<TCounts>(
    TableClient table, string rowKey, Func<TableEntity, TCounts> read, Func<string, string, TCounts, TableEntity> write, TimeProvider time)
    where TCounts : class, ICounts<TCounts>
{
    /// <summary>The number of rows of counts that many processes change. Their keys end with a hexadecimal digit, in order.</summary>
    public const int MaxRows = 16;

    /// <summary>The attempts in succession that another writer overtakes before the commits fail. Most callers stop waiting earlier.</summary>
    private const int MaxAttempts = 100;

    /// <summary>The longest pause. A hundred writers of a row would otherwise fill its partition with attempts.</summary>
    private const int MaxPauseMilliseconds = 250;

    /// <summary>The time for which counts are used without reading them. If they are outdated, the transaction fails and is retried.</summary>
    private static readonly TimeSpan CacheDuration = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly KeyedState<string, CommitQueue<TCounts>> queues = new(_ => new(), SweepInterval, time, queue => queue.IsIdle);

    /// <summary>Gets the number of partitions whose commits this instance has run lately.</summary>
    public int Partitions => queues.Count;

    /// <summary>Reads the counts of a partition. Costs one transaction.</summary>
    public async Task<TCounts> FindAsync(string partitionKey, CancellationToken cancellationToken) =>
        new KnownCounts<TCounts>(await ReadAsync(partitionKey, cancellationToken), at: 0, through: 0).Total;

    /// <summary>
    /// Carries out actions and counts them. Costs one transaction, shared with concurrent commits, and one more if the counts are not known.
    /// </summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="change">The change of the counts.</param>
    /// <param name="actions">The actions, on any rows but those of the counts.</param>
    /// <param name="cancellationToken">A token to cancel the wait. A transaction that was sent may still be carried out.</param>
    public Task<CommitOutcome> CommitAsync(
        string partitionKey, CountChange<TCounts> change, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var commit = new Commit<TCounts>(change, actions, cancellationToken);
        using var lease = queues.Use(partitionKey);
        var queue = lease.State;
        queue.Add(commit, batch => StepAsync(partitionKey, queue, batch));
        return commit.Outcome.WaitAsync(cancellationToken);
    }

    private async Task StepAsync(string partitionKey, CommitQueue<TCounts> queue, List<Commit<TCounts>> batch)
    {
        try
        {
            if (queue.Known is not { } known || time.GetElapsedTime(known.At) > CacheDuration)
            {
                // Commits that arrive during the read join the batch.
                var through = queue.Added;
                queue.Known = new(await ReadAsync(partitionKey, CancellationToken.None), time.GetTimestamp(), through);
            }
            else if (await TryStepAsync(partitionKey, queue, known, batch))
            {
                queue.Overtaken = 0;
            }
            else if (++queue.Overtaken < MaxAttempts)
            {
                (queue.Known, queue.Row) = (null, Random.Shared.Next(MaxRows));
                await time.PauseAsync(queue.Overtaken, CancellationToken.None, MaxPauseMilliseconds);
            }
            else
            {
                throw new ContentionException($"There are too many writers of the counts {rowKey}.");
            }
        }
        catch (Exception exception)
        {
            (queue.Known, queue.Overtaken) = (null, 0);
            batch.ForEach(commit => commit.Fail(exception));
        }
    }

    /// <summary>Ends some commits of a batch in one transaction, or refuses them. Returns false if another writer changed the counts.</summary>
    private async Task<bool> TryStepAsync(
        string partitionKey, CommitQueue<TCounts> queue, KnownCounts<TCounts> known, List<Commit<TCounts>> batch)
    {
        batch.Where(known.Refuse).ToList().ForEach(commit => commit.End(CommitOutcome.Refused));
        if (batch.Find(commit => !commit.HasEnded) is not { } first)
        {
            return true;
        }

        var rows = queue.Overtaken == 0 ? known.Rows.Length : MaxRows;
        var index = rows > 1 && rows == known.Rows.Length ? known.FindRow(first, queue.Row) : null;
        var (counts, included) = Select(known, index, batch);
        if (included.Count == 0)
        {
            // The known counts do not allow the commit, but another writer may have changed them: they are read again.
            queue.Known = null;
            return true;
        }

        queue.Row = index ?? queue.Row;
        var written = index is { } one
            ? known.With(one, counts)
            : new KnownCounts<TCounts>(
                [.. Enumerable.Range(0, rows).Select(row => new CountRow<TCounts>(counts.Divide(new(row, rows)), known.VersionOf(row)))],
                time.GetTimestamp(),
                queue.Added);
        return await TryAsync(partitionKey, queue, written, index, included);
    }

    /// <summary>Chooses the commits of the next transaction, which writes one row of the counts, or all rows if the index is null.</summary>
    private static (TCounts Counts, List<Commit<TCounts>> Included) Select(KnownCounts<TCounts> known, int? index, List<Commit<TCounts>> batch)
    {
        var counts = index is { } row ? known.Rows[row].Counts : known.Total;
        var included = new List<Commit<TCounts>>();
        foreach (var commit in batch.Where(commit => !commit.HasEnded))
        {
            var next = commit.Change.Apply(counts);
            if (index is { } changed ? known.Allow(commit.Change, changed, next) : commit.Change.Allows(next, Share.Whole))
            {
                counts = next;
                included.Add(commit);
            }
        }

        return (counts, included);
    }

    /// <summary>Runs a transaction, which ends its commits or the one that conflicts; returns false if another writer changed the counts.</summary>
    private async Task<bool> TryAsync(
        string partitionKey, CommitQueue<TCounts> queue, KnownCounts<TCounts> counts, int? index, List<Commit<TCounts>> included)
    {
        List<int> rows = index is { } one ? [one] : [.. Enumerable.Range(0, counts.Rows.Length)];
        var counting = rows.ConvertAll(row => ToAction(partitionKey, row, counts.Rows[row]));
        try
        {
            var answers = (await table.SubmitTransactionAsync(counting.Concat(included.SelectMany(commit => commit.Actions)))).Value;
            rows.ForEach(row => counts.Rows[row] = counts.Rows[row] with { Version = answers[rows.IndexOf(row)].Headers.ETag });
            queue.Known = counts;
            included.ForEach(commit => commit.End(CommitOutcome.Done));
            return true;
        }
        catch (TableTransactionFailedException failure)
            when (!StorageFailure.IsOutage(failure) && failure.FailedTransactionActionIndex >= rows.Count)
        {
            // The failed action is not one of the counts, which are the first ones, so the known counts are current.
            var position = failure.FailedTransactionActionIndex.Value - rows.Count;
            var conflicting = included.First(commit => (position -= commit.Actions.Count) < 0);
            if (StorageFailure.IsConflict(failure))
            {
                conflicting.End(CommitOutcome.Conflict);
            }
            else
            {
                conflicting.Fail(failure);
            }

            return true;
        }
        catch (TableTransactionFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            return false;
        }
    }

    private TableTransactionAction ToAction(string partitionKey, int index, CountRow<TCounts> row)
    {
        var entity = write(partitionKey, index == 0 ? rowKey : string.Create(CultureInfo.InvariantCulture, $"{rowKey}{index:x}"), row.Counts);
        return row.Version is { } version
            ? new(TableTransactionActionType.UpdateReplace, entity, version)
            : new(TableTransactionActionType.Add, entity);
    }

    /// <summary>Reads the rows of the counts, of which there is at least the first.</summary>
    private async Task<CountRow<TCounts>[]> ReadAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var rows = await table.QueryPrefix(partitionKey, rowKey, null, cancellationToken).ToListAsync(cancellationToken);
        return rows.Count == 0 ? [new(TCounts.None, null)] : [.. rows.Select(row => new CountRow<TCounts>(read(row), row.ETag))];
    }
}

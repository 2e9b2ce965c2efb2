using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>Represents a commit in the queue.</summary>
internal sealed class Commit<TCounts>(
    CountChange<TCounts> change, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    where TCounts : class
{
    private readonly TaskCompletionSource<CommitOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CountChange<TCounts> Change => change;

    public IReadOnlyList<TableTransactionAction> Actions => actions;

    public Task<CommitOutcome> Outcome => outcome.Task;

    /// <summary>Gets or sets the position of the commit among all commits of its queue.</summary>
    public long Number { get; set; }

    /// <summary>Gets whether nothing is left to do, because the commit has its outcome or the caller has stopped waiting.</summary>
    public bool HasEnded => outcome.Task.IsCompleted || cancellationToken.IsCancellationRequested;

    public void End(CommitOutcome how) => outcome.TrySetResult(how);

    public void Fail(Exception exception) => outcome.TrySetException(exception);
}

/// <summary>
/// Queues the commits of one partition. Commits that arrive while a transaction runs share the next one, and those that another writer
/// overtook share it too.
/// </summary>
internal sealed class CommitQueue<TCounts>
    where TCounts : class, ICounts<TCounts>
{
    /// <summary>A transaction has at most 100 actions. Some of them write the counts.</summary>
    private const int MaxActions = 100 - CountedCommits<TCounts>.MaxRows;

    /// <summary>A transaction has at most 4 MiB, including the text around the rows.</summary>
    private const int MaxBytes = 3 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly List<Commit<TCounts>> waiting = [];
    private bool running;
    private long added;

    /// <summary>Gets the number of commits that were ever added.</summary>
    public long Added => Interlocked.Read(ref added);

    /// <summary>Gets or sets the counts after the last batch. One batch at a time uses the state of the queue.</summary>
    public KnownCounts<TCounts>? Known { get; set; }

    /// <summary>Gets or sets the index of the row in which this process counts, if the counts have as many rows.</summary>
    public int Row { get; set; } = Random.Shared.Next(CountedCommits<TCounts>.MaxRows);

    /// <summary>Gets or sets the number of the last attempts in succession that another writer overtook.</summary>
    public int Overtaken { get; set; }

    /// <summary>Gets whether no commit runs or waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return !running;
            }
        }
    }

    /// <summary>Adds a commit, and starts to run transactions unless they are running.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="step">A function that ends some commits of a batch, or waits until another attempt makes sense. It does not throw.</param>
    public void Add(Commit<TCounts> commit, Func<List<Commit<TCounts>>, Task> step)
    {
        lock (gate)
        {
            commit.Number = ++added;
            waiting.Add(commit);
            if (!running)
            {
                running = true;
                _ = Task.Run(() => RunAsync(step));
            }
        }
    }

    private async Task RunAsync(Func<List<Commit<TCounts>>, Task> step)
    {
        var batch = new List<Commit<TCounts>>();
        try
        {
            while (TryFill(batch))
            {
                await step(batch);
            }
        }
        catch (Exception exception)
        {
            // A bug in one commit fails the waiting ones, so that no caller waits forever, and the next commit starts again.
            lock (gate)
            {
                batch.Concat(waiting).ToList().ForEach(commit => commit.Fail(exception));
                waiting.Clear();
                running = false;
            }
        }
    }

    /// <summary>
    /// Removes the commits that have ended from a batch, and adds waiting ones in order, as many as fit into one transaction. A transaction
    /// may change a row only once. Returns false if there is nothing to do.
    /// </summary>
    private bool TryFill(List<Commit<TCounts>> batch)
    {
        lock (gate)
        {
            batch.RemoveAll(commit => commit.HasEnded);
            waiting.RemoveAll(commit => commit.HasEnded);
            var rows = batch.SelectMany(commit => commit.Actions).Select(action => action.Entity.RowKey).ToHashSet(StringComparer.Ordinal);
            var bytes = batch.Sum(SizeOf);
            var count = 0;
            foreach (var commit in waiting)
            {
                bytes += SizeOf(commit);
                var isTooLarge = rows.Count + commit.Actions.Count > MaxActions || bytes > MaxBytes;
                if (batch.Count > 0 && (isTooLarge || commit.Actions.Any(action => rows.Contains(action.Entity.RowKey))))
                {
                    break;
                }

                count++;
                batch.Add(commit);
                rows.UnionWith(commit.Actions.Select(action => action.Entity.RowKey));
            }

            waiting.RemoveRange(0, count);
            return running = batch.Count > 0;
        }
    }

    private static int SizeOf(Commit<TCounts> commit) => commit.Actions.Sum(action => action.Entity.RequestSize());
}

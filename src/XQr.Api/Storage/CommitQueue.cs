using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>Represents a commit in the queue.</summary>
internal sealed class Commit<TCounts>(
    Func<TCounts, TCounts?> count, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    where TCounts : class
{
    private readonly TaskCompletionSource<CommitOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<TCounts, TCounts?> Count => count;

    public IReadOnlyList<TableTransactionAction> Actions => actions;

    public Task<CommitOutcome> Outcome => outcome.Task;

    /// <summary>Gets whether the caller has stopped waiting, so that the commit need not start.</summary>
    public bool IsAbandoned => cancellationToken.IsCancellationRequested;

    public void End(CommitOutcome how) => outcome.TrySetResult(how);

    public void Fail(Exception exception) => outcome.TrySetException(exception);
}

/// <summary>Queues the commits of one partition. Commits that arrive while a batch runs form the next batch.</summary>
internal sealed class CommitQueue<TCounts>
    where TCounts : class
{
    /// <summary>A transaction has at most 100 actions, one of which writes the counts.</summary>
    private const int MaxActions = 99;

    /// <summary>A transaction has at most 4 MiB, including the text around the rows.</summary>
    private const int MaxBytes = 3 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly List<Commit<TCounts>> waiting = [];
    private bool running;

    /// <summary>Gets or sets the counts after the last batch. One batch at a time uses them.</summary>
    public Known<TCounts>? Known { get; set; }

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

    /// <summary>Adds a commit, and starts to run batches unless one is running.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="run">A function that carries out a batch and does not throw.</param>
    public void Add(Commit<TCounts> commit, Func<List<Commit<TCounts>>, Task> run)
    {
        lock (gate)
        {
            waiting.Add(commit);
            if (!running)
            {
                running = true;
                _ = Task.Run(() => RunAsync(run));
            }
        }
    }

    private async Task RunAsync(Func<List<Commit<TCounts>>, Task> run)
    {
        try
        {
            while (Take() is { } batch)
            {
                await run(batch);
            }
        }
        catch (Exception exception)
        {
            // A bug in one commit fails the waiting ones, so that no caller waits forever, and the next commit starts again.
            lock (gate)
            {
                waiting.ForEach(commit => commit.Fail(exception));
                waiting.Clear();
                running = false;
            }
        }
    }

    /// <summary>Takes as many commits as fit into one transaction, in order. A transaction may change a row only once.</summary>
    private List<Commit<TCounts>>? Take()
    {
        lock (gate)
        {
            waiting.RemoveAll(commit => commit.IsAbandoned);
            if (waiting.Count == 0)
            {
                running = false;
                return null;
            }

            var batch = new List<Commit<TCounts>>();
            var rows = new HashSet<string>(StringComparer.Ordinal);
            var bytes = 0;
            foreach (var commit in waiting)
            {
                bytes += commit.Actions.Sum(action => action.Entity.RequestSize());
                var isTooLarge = rows.Count + commit.Actions.Count > MaxActions || bytes > MaxBytes;
                if (batch.Count > 0 && (isTooLarge || commit.Actions.Any(action => rows.Contains(action.Entity.RowKey))))
                {
                    break;
                }

                batch.Add(commit);
                rows.UnionWith(commit.Actions.Select(action => action.Entity.RowKey));
            }

            waiting.RemoveRange(0, batch.Count);
            return batch;
        }
    }
}

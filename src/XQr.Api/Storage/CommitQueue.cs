using Azure.Data.Tables;

namespace XQr.Api.Storage;

/// <summary>A commit that waits for its turn.</summary>
internal sealed class Commit<TCounts>(Func<TCounts, TCounts?> count, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    where TCounts : class
{
    private readonly TaskCompletionSource<CommitOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<TCounts, TCounts?> Count => count;

    public IReadOnlyList<TableTransactionAction> Actions => actions;

    public Task<CommitOutcome> Outcome => outcome.Task;

    /// <summary>Whether nobody waits for it any more, so that it needn't be begun.</summary>
    public bool IsAbandoned => cancellationToken.IsCancellationRequested;

    public void End(CommitOutcome how) => outcome.TrySetResult(how);

    public void Fail(Exception exception) => outcome.TrySetException(exception);
}

/// <summary>The commits of one partition: those that come while a batch is under way make the next.</summary>
/// <param name="run">Carries out a batch; never fails.</param>
internal sealed class CommitQueue<TCounts>(Func<List<Commit<TCounts>>, Task> run)
    where TCounts : class
{
    /// <summary>A transaction has at most 100 actions, and one is the counts'.</summary>
    private const int MaxActions = 99;

    /// <summary>A transaction has at most 4 MiB; the room left is for what surrounds the rows.</summary>
    private const int MaxBytes = 3 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly List<Commit<TCounts>> waiting = [];
    private bool running;

    /// <summary>What the last batch found or left; used by one batch at a time.</summary>
    public Known<TCounts>? Known { get; set; }

    public void Add(Commit<TCounts> commit)
    {
        lock (gate)
        {
            waiting.Add(commit);
            if (!running)
            {
                running = true;
                _ = Task.Run(RunAsync);
            }
        }
    }

    private async Task RunAsync()
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
            // A fault of one commit: nobody waits for ever, and the next commit begins anew.
            lock (gate)
            {
                waiting.ForEach(commit => commit.Fail(exception));
                waiting.Clear();
                running = false;
            }
        }
    }

    /// <summary>As many as fit one transaction, in their order; no row may stand in it twice, so its second change waits.</summary>
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
                if (batch.Count > 0
                    && (rows.Count + commit.Actions.Count > MaxActions || bytes > MaxBytes || commit.Actions.Any(action => rows.Contains(action.Entity.RowKey))))
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

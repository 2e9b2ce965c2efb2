using System.Collections.Concurrent;
using XQr.Api.Storage;

namespace XQr.Api.Work;

/// <summary>Does the work of many rows, some at once.</summary>
internal static class WorkRows
{
    private const int Parallelism = 16;

    /// <summary>Runs an action for each row until the budget is used up. A failure does not stop other rows, unless storage is unavailable.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="rows">The rows. They are read while others run.</param>
    /// <param name="run">The action.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="AggregateException">Storage was unavailable, or the last rows were reached and some failed.</exception>
    public static async Task RunEachAsync<T>(
        this WorkBudget budget, IAsyncEnumerable<T> rows, Func<T, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentQueue<Exception>();
        var outages = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(
            rows.TakeWhile(_ => !budget.IsUsedUp && outages.IsEmpty),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (row, token) =>
            {
                try
                {
                    await run(row, token);
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    (StorageFailure.IsOutage(exception) ? outages : failures).Enqueue(exception);
                }
            });
        if (!outages.IsEmpty)
        {
            throw new AggregateException(outages);
        }

        // Rows that failed are still there. While others are left, the next message meets them again.
        if (!failures.IsEmpty && !budget.IsUsedUp)
        {
            throw new AggregateException(failures);
        }
    }
}

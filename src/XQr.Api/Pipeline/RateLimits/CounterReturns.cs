using XQr.Api.Background;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>Returns unspent tokens of many counters. A failure of one does not affect others.</summary>
internal sealed class CounterReturns(BackgroundWork background)
{
    private const int Parallelism = 8;

    /// <summary>The failures after which the other returns wait for the next call, because storage is likely to be down.</summary>
    private const int MaxOutages = 16;

    /// <summary>Returns the tokens of the counters that are due.</summary>
    /// <param name="work">The name of the work, for the log.</param>
    /// <param name="counters">All counters.</param>
    /// <param name="isDue">Returns whether tokens of a counter are to be returned.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task RunAsync(
        string work, KeyedState<string, LeasedCounter> counters, Func<LeasedCounter, bool> isDue, CancellationToken cancellationToken)
    {
        // In another order each time, so that the same counters do not always wait behind failing ones.
        KeyedState<string, LeasedCounter>.Lease[] all = [.. counters.UseAll().Where(IsDue)];
        Random.Shared.Shuffle(all);
        var outages = 0;
        await Parallel.ForEachAsync(
            all,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (counter, token) =>
            {
                using var lease = counter;
                if (Volatile.Read(ref outages) >= MaxOutages)
                {
                    return;
                }

                try
                {
                    await counter.State.ReturnAsync(token);
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    background.ReportFailure(work, exception);
                    Interlocked.Add(ref outages, StorageFailure.IsOutage(exception) ? 1 : 0);
                }
            });

        bool IsDue(KeyedState<string, LeasedCounter>.Lease counter)
        {
            var isDueNow = isDue(counter.State);
            if (!isDueNow)
            {
                counter.Dispose();
            }

            return isDueNow;
        }
    }
}

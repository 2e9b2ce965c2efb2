using Azure.Core;
using Azure.Data.Tables;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Storage;

namespace XQr.Testing.Storage;

/// <summary>
/// Deals requests of one key at random to the counters of many instances, with the latency of storage in Azure. Requests come evenly over a
/// minute, some at once. Idle counters return their tokens.
/// </summary>
/// <param name="connectionString">The connection string of storage.</param>
/// <param name="instances">The number of instances.</param>
/// <param name="limit">The limit of a minute.</param>
public sealed class LeaseFleet(string connectionString, int instances, int limit)
{
    /// <summary>The latency of storage. One counter cannot be written 50 times a second with the longer one.</summary>
    private readonly TimeSpan latency = TimeSpan.FromMilliseconds(limit > 600 ? 10 : 40);

    /// <summary>The requests that are in progress at once, as the time of two calls to storage causes it at this rate.</summary>
    private readonly int atOnce = 1 + (limit / 600);
    private readonly Random random = new(instances + limit);
    private readonly Dictionary<long, int> admitted = [];
    private readonly StillTime time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private StorageLatency storage = null!;
    private LeasedCounter[] counters = [];

    /// <summary>Sends requests for some minutes, at a rate that uses the limit up after nine tenths of each.</summary>
    public async Task<LeaseFleetResult> RunAsync(int minutes)
    {
        storage = new(time, latency / atOnce);
        var options = new TableClientOptions();
        options.AddPolicy(storage, HttpPipelinePosition.PerRetry);
        var store = new RateCounterStore(new Tables(new TableServiceClient(connectionString, options)));
        var key = $"key_{Guid.NewGuid():N}";
        counters =
        [
            .. Enumerable.Range(0, instances).Select(_ => new LeasedCounter(
                store, key, "minute", RateLimiter.WindowFraction, RateLimiter.WindowIdleTime, RateLimiter.MinuteOf, time)),
        ];

        var (start, end) = (time.GetUtcNow(), time.GetUtcNow().AddMinutes(minutes));
        var gap = TimeSpan.FromSeconds(54) / limit * atOnce;
        var (requests, lastReturn) = (0, start);
        int? firstRefusal = null;
        for (var next = start; time.GetUtcNow() < end; next += gap)
        {
            time.Advance(next > time.GetUtcNow() ? next - time.GetUtcNow() : TimeSpan.Zero);
            var results = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(
                _ => counters[random.Next(instances)].TryTakeAsync(limit, default).AsTask()));
            requests += atOnce;
            firstRefusal ??= results.All(result => result.Admitted) ? null : admitted.Values.Sum() + results.Count(result => result.Admitted);
            foreach (var result in results.Where(result => result.Admitted))
            {
                admitted[result.Period] = admitted.GetValueOrDefault(result.Period) + 1;
            }

            if (time.GetUtcNow() - lastReturn >= RateLimiter.WindowIdleTime)
            {
                lastReturn = time.GetUtcNow();
                await Task.WhenAll(counters.Where(counter => counter.IsSpare()).Select(counter => counter.ReturnAsync(default)));
            }
        }

        return new(firstRefusal ?? admitted.Values.Sum(), [.. admitted.Values], storage.Calls / (double)requests);
    }

    /// <summary>Sends one request to each instance at the same time.</summary>
    /// <returns>The numbers of admitted requests and of those that met too many others.</returns>
    public async Task<(int Admitted, int Contended, double CallsPerRequest)> RunAtOnceAsync()
    {
        var options = new TableClientOptions();
        storage = new(time, TimeSpan.Zero);
        options.AddPolicy(storage, HttpPipelinePosition.PerRetry);
        var store = new RateCounterStore(new Tables(new TableServiceClient(connectionString, options)));
        var key = $"key_{Guid.NewGuid():N}";
        var results = await Task.WhenAll(Enumerable.Range(0, instances).Select(_ => new LeasedCounter(
            store, key, "minute", RateLimiter.WindowFraction, RateLimiter.WindowIdleTime, RateLimiter.MinuteOf, TimeProvider.System)
            .TryTakeAsync(limit, default).AsTask()));
        return (results.Count(result => result.Admitted), results.Count(result => result.IsContended), storage.Calls / (double)instances);
    }
}

/// <summary>The result of a fleet.</summary>
/// <param name="FirstRefusal">The requests that were admitted before the first refusal.</param>
/// <param name="Admitted">The requests that were admitted in each minute.</param>
/// <param name="CallsPerRequest">The storage calls for each request.</param>
public sealed record LeaseFleetResult(int FirstRefusal, IReadOnlyList<int> Admitted, double CallsPerRequest);

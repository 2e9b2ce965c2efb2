using BenchmarkDotNet.Attributes;

namespace XQr.Benchmarks.Pipeline;

/// <summary>What the application adds to a request, beside an endpoint that does nothing.</summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    private const int AtOnce = 64;

    private Application application = null!;
    private Application waiting = null!;
    private Call empty = null!;
    private Call redirect = null!;
    private Call uncounted = null!;
    private Call authenticated = null!;
    private Call[] waiters = [];

    [GlobalSetup]
    public void Start()
    {
        application = new Application(new Dictionary<string, string?> { ["Xqr:Scans:CommitWait"] = "0" });
        empty = new(application.Services, "/empty", 200);
        redirect = new(application.Services, $"/{Application.ShortCode}", 302, ("User-Agent", Browser));
        uncounted = new(application.Services, $"/{Application.ShortCode}", 302, ("User-Agent", Browser), ("Sec-Purpose", "prefetch"));
        waiting = new Application();
        waiters = [.. Enumerable.Range(0, AtOnce).Select(_ => new Call(waiting.Services, $"/{Application.ShortCode}", 302, ("User-Agent", Browser)))];
        authenticated = new(application.Services, "/api/v1/links/not-an-id", 404, ("Authorization", $"Bearer {application.Key}"));
    }

    /// <summary>Routing and an endpoint that does nothing.</summary>
    [Benchmark(Baseline = true)]
    public Task Empty() => empty.SendAsync(application.Empty);

    /// <summary>A link that is in the cache, followed by a person, whose scan is stored in the background.</summary>
    [Benchmark]
    public Task WarmRedirect() => redirect.SendAsync(application.Whole);

    /// <summary>One of 64 at once that wait for one commit, which storage makes at no cost.</summary>
    [Benchmark(OperationsPerInvoke = AtOnce)]
    public Task WaitingRedirect() => Task.WhenAll(waiters.Select(waiter => waiter.SendAsync(waiting.Whole)));

    /// <summary>A warm link, but a browser that prefetches, which is no scan.</summary>
    [Benchmark]
    public Task UncountedRedirect() => uncounted.SendAsync(application.Whole);

    /// <summary>Request id, key check, three limits, scope and an envelope; the id is no id, so storage isn't asked.</summary>
    [Benchmark]
    public Task AuthenticatedGet() => authenticated.SendAsync(application.Whole);
}

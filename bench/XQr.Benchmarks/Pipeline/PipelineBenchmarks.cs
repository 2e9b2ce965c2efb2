using BenchmarkDotNet.Attributes;

namespace XQr.Benchmarks.Pipeline;

/// <summary>Compares requests to the application with an endpoint that does nothing.</summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    private const int Concurrency = 64;

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
        waiters =
        [
            .. Enumerable.Range(0, Concurrency)
                .Select(_ => new Call(waiting.Services, $"/{Application.ShortCode}", 302, ("User-Agent", Browser))),
        ];
        authenticated = new(application.Services, "/api/v1/links/not-an-id", 404, ("Authorization", $"Bearer {application.Key}"));
    }

    /// <summary>Measures routing and an endpoint that does nothing.</summary>
    [Benchmark(Baseline = true)]
    public Task Empty() => empty.SendAsync(application.Empty);

    /// <summary>Measures a redirect of a cached link, whose scan is stored in the background.</summary>
    [Benchmark]
    public Task WarmRedirect() => redirect.SendAsync(application.Pipeline);

    /// <summary>Measures one of 64 concurrent redirects that wait for the same commit, which storage does at no cost.</summary>
    [Benchmark(OperationsPerInvoke = Concurrency)]
    public Task WaitingRedirect() => Task.WhenAll(waiters.Select(waiter => waiter.SendAsync(waiting.Pipeline)));

    /// <summary>Measures a redirect for a prefetch, which is not a scan.</summary>
    [Benchmark]
    public Task UncountedRedirect() => uncounted.SendAsync(application.Pipeline);

    /// <summary>
    /// Measures the request id, the key check, three limits, the scope and the envelope. The link id is malformed, so storage is not called.
    /// </summary>
    [Benchmark]
    public Task AuthenticatedGet() => authenticated.SendAsync(application.Pipeline);
}

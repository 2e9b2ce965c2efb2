using BenchmarkDotNet.Attributes;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Benchmarks;

/// <summary>Measures how a redirect reads the user agent, with and without the cache.</summary>
[MemoryDiagnoser]
public class UserAgentBenchmarks
{
    private readonly UserAgentReader agents = new(TimeProvider.System);
    private readonly Bots bots = new();
    private readonly Families families = new();

    [Params(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    public string UserAgent { get; set; } = "";

    [Benchmark(Baseline = true)]
    public object Cached() => agents.Read(UserAgent);

    [Benchmark]
    public object? Uncached() => bots.Include(UserAgent) ? null : (DeviceKind.Of(UserAgent), families.Browser(UserAgent), families.Os(UserAgent));
}

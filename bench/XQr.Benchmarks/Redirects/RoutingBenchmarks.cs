using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Redirects.Geo;

namespace XQr.Benchmarks.Redirects;

/// <summary>Measures how a redirect finds the country of a visitor and evaluates routing rules.</summary>
[MemoryDiagnoser]
public class RoutingBenchmarks
{
    private static readonly Guid Link = new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DefaultHttpContext visit = new();
    private readonly RoutingVisitor visitor = new(
        "DE", "desktop", IPAddress.Parse("81.2.69.142"), "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36");

    private readonly RoutingRules countries = Rules(new(Countries: ["FR", "US", "JP"], DeviceTypes: ["mobile", "desktop"], Hours: new(22, 6)));
    private readonly RoutingRules percentages = Rules(new(Percentage: 0.001));
    private VisitorLocationReader byDatabase = null!;
    private VisitorLocationReader byHeader = null!;

    [GlobalSetup]
    public void Start()
    {
        visit.Connection.RemoteIpAddress = visitor.Address!.MapToIPv6();
        visit.Request.Headers["X-Client"] = "81.2.69.142";
        visit.Request.Headers["X-Country"] = "GB";
        var options = Options.Create(new VisitorLocationOptions { GeoIp = { DatabasePath = DatabasePath() } });
        var database = new GeoDatabase(options, NullLogger<GeoDatabase>.Instance);
        var addresses = new ClientAddress(Options.Create(new ClientOptions { ClientIpHeader = "X-Client" }));
        byDatabase = new(addresses, options, database);
        byHeader = new(addresses, Options.Create(new VisitorLocationOptions { CountryHeader = "X-Country" }), database);
    }

    [Benchmark]
    public object LocationByDatabase() => byDatabase.Read(visit);

    [Benchmark]
    public object LocationByHeader() => byHeader.Read(visit);

    [Benchmark]
    public object? TwentyRulesWithoutPercentage() => countries.Choose(Link, visitor, Now);

    [Benchmark]
    public object? TwentyRulesOfPercentages() => percentages.Choose(Link, visitor, Now);

    private static RoutingRules Rules(RoutingConditions conditions) =>
        new([.. Enumerable.Range(0, RoutingRules.Max).Select(index => new RoutingRule("https://example.com/", index, conditions))]);

    private static string DatabasePath()
    {
        const string Package = "node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Package)))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("Run npm ci first."), Package);
    }
}

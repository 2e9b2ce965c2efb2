using XQr.Api.Analytics.Scans;
using XQr.Api.Primitives;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Scans by chance, always the same ones, stored as writers store them.</summary>
internal sealed class ScanSeed(int seed)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 28, 22, 0, 0, TimeSpan.Zero);

    private readonly Random random = new(seed);
    private readonly WriterTallies tallies = new();

    /// <param name="count">How many.</param>
    /// <param name="links">Of which links.</param>
    /// <param name="hours">Over how many hours.</param>
    public Scan[] New(int count, IReadOnlyList<Guid> links, double hours = 30) =>
    [
        .. Enumerable.Range(0, count).Select(_ => new Scan(
            links[random.Next(links.Count)],
            Start.AddMilliseconds(random.NextInt64((long)(hours * 3_600_000))),
            Pick("DE", "US", "ZZ"),
            Pick("mobile", "desktop", "tablet"),
            Pick("Chrome", "Safari"),
            Pick("iOS", "Windows"),
            Pick("direct", $"{random.Next(20)}.example"),
            random.Next(5) == 0 ? 0 : (ulong)random.NextInt64(1, 300) * 0x9E37_79B9_7F4A_7C15,
            random.Next(6) == 0)),
    ];

    public static Guid[] NewLinks(int count) => [.. Enumerable.Range(0, count).Select(_ => Ids.New(Start))];

    /// <summary>Stores scans in batches of so many at most.</summary>
    public async Task StoreAsync(XQrApplication application, string workspaceId, IEnumerable<Scan> scans, int batch = int.MaxValue)
    {
        foreach (var some in scans.Chunk(batch))
        {
            await application.StoreScansAsync(workspaceId, some, tallies);
        }
    }

    private string Pick(params string[] of) => of[random.Next(of.Length)];
}

using XQr.Api.Analytics;

namespace XQr.Figures;

/// <summary>Scans of many links over many days, always the same ones: few links have most of them, and days have their busy hours.</summary>
internal sealed class ManyScans(IReadOnlyList<Guid> links, DateTimeOffset end, int days)
{
    private static readonly string[] Countries = ["DE", "FR", "US", "GB", "ES", "IT", "NL", "PL", "AT", "CH", "BR", "IN", "JP", "ZZ"];
    private static readonly string[] Devices = ["mobile", "mobile", "mobile", "desktop", "tablet"];
    private static readonly string[] Browsers = ["Chrome", "Chrome", "Safari", "Safari", "Firefox", "Edge", "Samsung Internet"];
    private static readonly string[] Systems = ["Android", "iOS", "Windows", "Mac OS X", "Linux"];

    private readonly Random random = new(7);

    /// <summary>Hour by hour, in each about the same number.</summary>
    public IEnumerable<Scan[]> ByHour(int count)
    {
        var hours = days * 24;
        for (var hour = 0; hour < hours; hour++)
        {
            var beginning = end.AddHours(hour - hours);
            yield return [.. Enumerable.Range(0, (int)((long)count * (hour + 1) / hours) - (int)((long)count * hour / hours)).Select(_ => New(beginning))];
        }
    }

    /// <summary>Of one link, within a minute.</summary>
    public Scan[] AtOnce(Guid link, int count, DateTimeOffset at) => [.. Enumerable.Range(0, count).Select(index => New(at) with { LinkId = link, At = at.AddMilliseconds(index * 60_000d / count) })];

    private Scan New(DateTimeOffset hour) => new(
        links[(int)(links.Count * Math.Pow(random.NextDouble(), 6))],
        hour.AddMilliseconds(random.Next(3_600_000)),
        Pick(Countries),
        Pick(Devices),
        Pick(Browsers),
        Pick(Systems),
        random.Next(3) > 0 ? "direct" : $"site-{(int)(200 * Math.Pow(random.NextDouble(), 2))}.example",
        (ulong)random.NextInt64(1, 60_000) * 0x9E37_79B9_7F4A_7C15,
        IsBot: random.Next(20) == 0);

    private string Pick(string[] of) => of[random.Next(of.Length)];
}

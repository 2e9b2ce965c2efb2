using XQr.Api.Analytics.Scans;

namespace XQr.Measurements;

/// <summary>Generates the same scans of many links over many days in each run. A few links have most of the scans.</summary>
internal sealed class ScanGenerator(IReadOnlyList<Guid> links, DateTimeOffset end, int days)
{
    private static readonly string[] Countries = ["DE", "FR", "US", "GB", "ES", "IT", "NL", "PL", "AT", "CH", "BR", "IN", "JP", "ZZ"];
    private static readonly string[] Devices = ["mobile", "mobile", "mobile", "desktop", "tablet"];
    private static readonly string[] Browsers = ["Chrome", "Chrome", "Safari", "Safari", "Firefox", "Edge", "Samsung Internet"];
    private static readonly string[] Systems = ["Android", "iOS", "Windows", "Mac OS X", "Linux"];

    private readonly Random random = new(7);

    /// <summary>Returns the scans of each hour, with about the same number in each.</summary>
    public IEnumerable<Scan[]> ByHour(int count)
    {
        var hours = days * 24;
        for (var hour = 0; hour < hours; hour++)
        {
            var start = end.AddHours(hour - hours);
            var number = ((long)count * (hour + 1) / hours) - ((long)count * hour / hours);
            yield return [.. Enumerable.Range(0, (int)number).Select(_ => New(start))];
        }
    }

    /// <summary>Returns the scans of one link within a minute.</summary>
    public Scan[] InOneMinute(Guid link, int count, DateTimeOffset start) =>
        [.. Enumerable.Range(0, count).Select(index => New(start) with { LinkId = link, At = start.AddMilliseconds(index * 60_000d / count) })];

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

    private string Pick(string[] values) => values[random.Next(values.Length)];
}

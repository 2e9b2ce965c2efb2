using System.Globalization;
using System.Text.Json.Nodes;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.IntegrationTests.Analytics.Queries;

/// <summary>Computes the expected statistics, scan by scan, in the simplest way.</summary>
/// <param name="all">Every scan that was acknowledged, those of bots and of deleted links included.</param>
/// <param name="links">The links there are.</param>
/// <param name="now">The time.</param>
/// <param name="includeBots">True if bots count.</param>
/// <param name="link">The only link whose scans count; null for all.</param>
internal sealed class ExpectedAnswers(
    IEnumerable<Scan> all, IReadOnlyList<KnownLink> links, DateTimeOffset now, bool includeBots, KnownLink? link = null)
{
    private readonly List<Scan> scans = [.. all.Where(scan =>
        (includeBots || !scan.IsBot) && links.Any(other => other.Id == scan.LinkId) && (link is null || scan.LinkId == link.Id))];

    public JsonNode Summary(int? days)
    {
        var (period, before) = (Last(days), days is null ? 0 : Last(2 * days).Count - Last(days).Count);
        return new JsonObject
        {
            ["total_links"] = links.Count,
            ["total_scans"] = period.Count,
            ["active_links_30d"] = Last(30).Select(scan => scan.LinkId).Distinct().Count(),
            ["unique_countries"] = period.Select(scan => scan.Country).Where(country => country != "ZZ").Distinct().Count(),
            ["unique_visitors"] = period.GroupBy(UtcDay).Sum(Visitors),
            ["scans_change_pct"] = before == 0 ? null : Percent(period.Count - before, before),
            ["top_countries"] = List(Ranked(period, scan => scan.Country).Take(10), (country, count) => new()
            {
                ["country"] = country switch { "DE" => "Germany", "FR" => "France", _ => "Unknown" },
                ["country_code"] = country,
                ["scans"] = count,
            }),
            ["top_devices"] = List(Ranked(period, scan => scan.Device), (device, count) => new()
            {
                ["device"] = device,
                ["scans"] = count,
                ["percentage"] = Percent(count, period.Count),
            }),
        };
    }

    public JsonArray Counts(int? days, string name, Func<Scan, string> value) =>
        List(Ranked(Last(days), value), (text, count) => new() { [name] = text, ["count"] = count });

    public JsonArray Labels(int? days) => List(
        Last(days).SelectMany(scan => links.Single(other => other.Id == scan.LinkId).Labels).GroupBy(label => label)
            .Select(group => (group.Key, group.Count()))
            .OrderByDescending(label => label.Item2).ThenBy(label => label.Key, StringComparer.Ordinal),
        (label, count) => new() { ["label"] = label, ["count"] = count });

    public JsonArray TopLinks(int? days, int limit) => new([.. Last(days).GroupBy(scan => scan.LinkId)
        .OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key.ToString(), StringComparer.Ordinal).Take(limit)
        .Select(group => (links.Single(other => other.Id == group.Key), group.Count()))
        .Select(entry => new JsonObject
        {
            ["link_id"] = entry.Item1.Id,
            ["short_code"] = entry.Item1.ShortCode,
            ["destination"] = entry.Item1.Destination,
            ["scans"] = entry.Item2,
        })]);

    public JsonNode LinkStats(int? days, string zone) => new JsonObject
    {
        ["link_id"] = link!.Id,
        ["short_code"] = link.ShortCode,
        ["total_scans"] = Last(days).Count,
        ["last_scan_at"] = all.Where(scan => scan.LinkId == link.Id && !scan.IsBot)
            .Max(scan => (DateTimeOffset?)scan.At) is { } last ? Text(last) : null,
        ["countries"] = Counts(days, "country", scan => scan.Country),
        ["devices"] = Counts(days, "device", scan => scan.Device),
        ["browsers"] = Counts(days, "browser", scan => scan.Browser),
        ["daily_scans"] = new JsonArray([.. Enumerable.Range(-29, 30).Select(LocalDay(now, zone).AddDays).Select(day => new JsonObject
        {
            ["date"] = Text(day),
            ["scans"] = scans.Count(scan => LocalDay(scan.At, zone) == day),
        })]),
    };

    public JsonNode Days(DateOnly from, DateOnly to, string zone) => new JsonObject
    {
        ["interval"] = "day",
        ["points"] = new JsonArray([.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays).Select(day =>
        {
            var of = scans.Where(scan => LocalDay(scan.At, zone) == day).ToList();
            var midnight = TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(default), TimeZoneInfo.FindSystemTimeZoneById(zone));
            return new JsonObject
            {
                ["date"] = Text(day),
                ["timestamp"] = Text(new DateTimeOffset(midnight)),
                ["scans"] = of.Count,
                ["unique_visitors"] = Visitors(of),
            };
        })]),
    };

    public JsonNode Hours(DateOnly day) => new JsonObject
    {
        ["interval"] = "hour",
        ["points"] = new JsonArray([.. Enumerable.Range(0, 24).Select(hour => new DateTimeOffset(day, new(hour, 0), TimeSpan.Zero)).Select(hour =>
        {
            var of = scans.Where(scan => scan.At >= hour && scan.At < hour.AddHours(1)).ToList();
            return new JsonObject { ["date"] = Text(hour), ["timestamp"] = Text(hour), ["scans"] = of.Count, ["unique_visitors"] = Visitors(of) };
        })]),
    };

    /// <summary>The lines of the file, sorted, without the one of the header.</summary>
    public IEnumerable<string> Lines(DateOnly from, DateOnly to) => scans.Where(scan => UtcDay(scan) >= from && UtcDay(scan) <= to)
        .Select(scan => string.Join(',', (string?[])[
            Text(scan.At), scan.LinkId.ToString(), links.Single(other => other.Id == scan.LinkId)
                .ShortCode, scan.Country, scan.Device, scan.Browser, scan.Os, scan.Referrer,
            .. includeBots ? [scan.IsBot ? "true" : "false"] : Array.Empty<string>()]))
        .Order(StringComparer.Ordinal);

    /// <summary>The scans of so many days up to and with today; all, also those of a fast clock, without a number.</summary>
    private List<Scan> Last(int? days)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return [.. scans.Where(scan => days is not { } some || (UtcDay(scan) <= today && UtcDay(scan) > today.AddDays(-some)))];
    }

    private static IEnumerable<(string Value, int Count)> Ranked(IEnumerable<Scan> scans, Func<Scan, string> value) =>
        scans.GroupBy(value).Select(group => (group.Key, group.Count())).OrderByDescending(entry => entry.Item2)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal);

    private static JsonArray List(IEnumerable<(string, int)> counts, Func<string, int, JsonObject> make) =>
        new([.. counts.Select(count => make(count.Item1, count.Item2))]);

    private static int Visitors(IEnumerable<Scan> scans) => scans.Select(scan => scan.Visitor).Where(visitor => visitor != 0).Distinct().Count();

    private static DateOnly UtcDay(Scan scan) => DateOnly.FromDateTime(scan.At.UtcDateTime);

    /// <summary>An hour in UTC belongs to the day in which it begins.</summary>
    private static DateOnly LocalDay(DateTimeOffset time, string zone)
    {
        var hour = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(hour, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
    }

    private static double Percent(int part, int whole) => (double)Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

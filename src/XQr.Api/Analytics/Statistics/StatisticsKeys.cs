using System.Globalization;
using System.IO.Hashing;
using XQr.Api.Primitives;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Builds the row keys of statistics in the workspace's partition of table <c>Workspaces</c>. <see cref="StatisticsStore"/> describes the rows.
/// </summary>
internal static class StatisticsKeys
{
    /// <summary>The number of shards of the scan counts of a day's links. Each shard has one row, or more if it has many links.</summary>
    public const int Shards = 4;

    /// <summary>The key of the aggregation version, which every aggregation and erasure of the workspace increments.</summary>
    public const string AggregationVersion = "d";

    /// <summary>The prefix of the keys of periods.</summary>
    public const string Periods = "dm";

    /// <summary>Returns the key of the workspace's statistics of a day.</summary>
    public static string Day(DateOnly day) => $"d{Text(day)}";

    /// <summary>Returns the prefix of the keys of a day's scan counts by link.</summary>
    public static string Links(DateOnly day) => $"dl{Text(day)}";

    /// <summary>Returns the key of a row of a shard. The key of the first row has no number.</summary>
    public static string Links(DateOnly day, int shard, int part = 0) =>
        part == 0 ? $"{Links(day)}{shard}" : string.Create(CultureInfo.InvariantCulture, $"{Links(day)}{shard}{part:0000}");

    /// <summary>Returns a key that sorts after all rows of a day's links and before those of the next day.</summary>
    public static string AfterLinks(DateOnly day) => $"{Links(day)}{Shards}";

    /// <summary>Returns the shard and the number of a row from its key.</summary>
    public static (int Shard, int Part) PartOf(string linksKey)
    {
        var rest = linksKey.AsSpan(Links(DateOnly.MinValue).Length);
        return (rest[0] - '0', rest.Length == 1 ? 0 : int.Parse(rest[1..], CultureInfo.InvariantCulture));
    }

    /// <summary>Returns the day of a row of a day's links.</summary>
    public static DateOnly DayOfLinks(string linksKey) => Parse(linksKey.AsSpan(2, 8));

    /// <summary>Returns the key of the period that begins on a day.</summary>
    public static string Period(DateOnly from) => $"{Periods}{Text(from)}";

    /// <summary>Returns the key that marks a period as changed. It sorts before the rows of the period's links.</summary>
    public static string ChangedPeriod(LinkPeriod period) => $"{Period(period.From)}+";

    /// <summary>Returns the key of a row of a period's scan counts by link.</summary>
    public static string PeriodLinks(LinkPeriod period, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Period(period.From)}{number:000000}");

    /// <summary>Returns the period of a row.</summary>
    public static LinkPeriod PeriodOf(string rowKey) => new(Parse(rowKey.AsSpan(Periods.Length, 8)));

    /// <summary>Returns the prefix of the keys of a link's statistics.</summary>
    public static string Link(Guid linkId) => $"b{Ids.Descending(linkId)}";

    /// <summary>Returns the key of a link's statistics of a day.</summary>
    public static string LinkDay(Guid linkId, DateOnly day) => $"{Link(linkId)}{Text(day)}";

    /// <summary>Returns the day at the end of a key.</summary>
    public static DateOnly DayOf(string rowKey) => Parse(rowKey.AsSpan(rowKey.Length - 8));

    /// <summary>Returns the shard of a link.</summary>
    public static int ShardOf(Guid linkId)
    {
        Span<byte> bytes = stackalloc byte[16];
        linkId.TryWriteBytes(bytes, bigEndian: true, out _);
        return (int)(XxHash3.HashToUInt64(bytes) % Shards);
    }

    private static DateOnly Parse(ReadOnlySpan<char> text) => DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.IO.Hashing;

namespace XQr.Api.Analytics.Statistics;

/// <summary>The row keys of statistics in their workspace's partition of table <c>Workspaces</c>; <see cref="StatisticsStore"/> says what they hold.</summary>
internal static class StatisticsKeys
{
    /// <summary>How many shards the scans of a day's links are spread over. Each has one row, and more where it has many links.</summary>
    public const int Shards = 4;

    /// <summary>The row that every fold and erasure of the workspace changes.</summary>
    public const string AggregationVersion = "d";

    public static string Day(DateOnly day) => $"d{Text(day)}";

    public static string Links(DateOnly day) => $"dl{Text(day)}";

    /// <summary>Returns the key of a row of a shard. The first has no number.</summary>
    public static string Links(DateOnly day, int shard, int part = 0) =>
        part == 0 ? $"{Links(day)}{shard}" : string.Create(CultureInfo.InvariantCulture, $"{Links(day)}{shard}{part:0000}");

    /// <summary>Returns a key that comes after all rows of a day's links and before those of the next day.</summary>
    public static string AfterLinks(DateOnly day) => $"{Links(day)}{Shards}";

    /// <summary>Returns the shard and the number of the row from a key of a day's links.</summary>
    public static (int Shard, int Part) PartOf(string linksKey)
    {
        var rest = linksKey.AsSpan(Links(DateOnly.MinValue).Length);
        return (rest[0] - '0', rest.Length == 1 ? 0 : int.Parse(rest[1..], CultureInfo.InvariantCulture));
    }

    public static string Link(Guid linkId) => $"b{Ids.Descending(linkId)}";

    public static string LinkDay(Guid linkId, DateOnly day) => $"{Link(linkId)}{Text(day)}";

    /// <summary>The day at the end of a key.</summary>
    public static DateOnly DayOf(string rowKey) => DateOnly.ParseExact(rowKey.AsSpan(rowKey.Length - 8), "yyyyMMdd", CultureInfo.InvariantCulture);

    public static int ShardOf(Guid linkId)
    {
        Span<byte> bytes = stackalloc byte[16];
        linkId.TryWriteBytes(bytes, bigEndian: true, out _);
        return (int)(XxHash3.HashToUInt64(bytes) % Shards);
    }

    private static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

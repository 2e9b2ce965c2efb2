using System.Globalization;
using System.IO.Hashing;

namespace XQr.Api.Analytics.Figures;

/// <summary>The row keys of figures in their workspace's partition of table <c>Workspaces</c>; <see cref="FigureStore"/> says what they hold.</summary>
internal static class FigureKeys
{
    /// <summary>How many rows the scans of a day's links are spread over: a row holds those of some 55,000.</summary>
    public const int Shards = 4;

    /// <summary>The row that every fold and erasure of the workspace changes.</summary>
    public const string Ledger = "d";

    public static string Day(DateOnly day) => $"d{Text(day)}";

    public static string Links(DateOnly day) => $"dl{Text(day)}";

    public static string Links(DateOnly day, int shard) => $"{Links(day)}{shard}";

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

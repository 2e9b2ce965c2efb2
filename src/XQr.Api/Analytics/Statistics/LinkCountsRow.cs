using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Statistics;

/// <summary>The scans of a day's links in a row: Links0, … and BotLinks0, … (<see cref="CountsFormat"/>).</summary>
internal static class LinkCountsRow
{
    /// <summary>A row has at most 1 MiB.</summary>
    private const int MaxChunks = 16;

    /// <summary>Adds the scans of the row's links.</summary>
    public static void Read(TableEntity row, string prefix, Dictionary<Guid, long> links) => CountsFormat.Read(row.GetBytes($"{prefix}Links"), links);

    public static void Set(TableEntity row, string prefix, IReadOnlyDictionary<Guid, long> links) => row.SetBytes($"{prefix}Links", CountsFormat.Write(links));

    public static IEnumerable<string> Select(bool includeBots) =>
        from prefix in includeBots ? (string[])[DailyStatisticsRow.People, DailyStatisticsRow.Bots] : [DailyStatisticsRow.People]
        from chunk in Enumerable.Range(0, MaxChunks)
        select $"{prefix}Links{chunk}";
}

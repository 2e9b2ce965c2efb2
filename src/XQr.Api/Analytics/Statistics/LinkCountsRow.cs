using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Statistics;

/// <summary>Maps the scan counts of a day's links to a row: Links0, … and BotLinks0, … (<see cref="CountsFormat"/>).</summary>
internal static class LinkCountsRow
{
    /// <summary>The maximum number of properties of 64 KiB: a row has at most 1 MiB.</summary>
    private const int MaxChunks = 16;

    /// <summary>The maximum number of links of a row. A link takes 16 bytes and up to 10 for each of its two counts.</summary>
    public const int MaxLinks = 4_000;

    /// <summary>Adds the scan counts of the row, with or without those of bots, to <paramref name="links"/>.</summary>
    public static void Read(TableEntity row, bool includeBots, Dictionary<Guid, long> links)
    {
        Read(row, DailyStatisticsRow.People, links);
        if (includeBots)
        {
            Read(row, DailyStatisticsRow.Bots, links);
        }
    }

    /// <summary>Adds the scan counts of the row to <paramref name="links"/>.</summary>
    public static void Read(TableEntity row, string prefix, Dictionary<Guid, long> links) => CountsFormat.Read(row.GetBytes($"{prefix}Links"), links);

    /// <summary>Sets the scan counts.</summary>
    public static void Set(TableEntity row, string prefix, IReadOnlyDictionary<Guid, long> links) =>
        row.SetBytes($"{prefix}Links", CountsFormat.Write(links));

    /// <summary>Returns the names of the properties and of the key.</summary>
    public static IEnumerable<string> Select(bool includeBots) => Properties(includeBots).Prepend("RowKey");

    /// <summary>Returns the names of the properties.</summary>
    public static IEnumerable<string> Properties(bool includeBots) =>
        from prefix in includeBots ? (string[])[DailyStatisticsRow.People, DailyStatisticsRow.Bots] : [DailyStatisticsRow.People]
        from chunk in Enumerable.Range(0, MaxChunks)
        select $"{prefix}Links{chunk}";
}

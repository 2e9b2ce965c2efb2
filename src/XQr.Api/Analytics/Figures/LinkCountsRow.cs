using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Figures;

/// <summary>The scans of a day's links in a row: Links0, … and BotLinks0, … (<see cref="CountsFormat"/>).</summary>
internal static class LinkCountsRow
{
    /// <summary>A row has at most 1 MiB.</summary>
    private const int MostChunks = 16;

    /// <summary>Adds the scans of the row's links.</summary>
    public static void Read(TableEntity row, string who, Dictionary<Guid, long> links) => CountsFormat.Read(row.GetBytes($"{who}Links"), links);

    public static void Set(TableEntity row, string who, IReadOnlyDictionary<Guid, long> links) => row.SetBytes($"{who}Links", CountsFormat.Write(links));

    public static IEnumerable<string> Select(bool includeBots) =>
        from who in includeBots ? (string[])[FigureRow.People, FigureRow.Bots] : [FigureRow.People]
        from chunk in Enumerable.Range(0, MostChunks)
        select $"{who}Links{chunk}";
}

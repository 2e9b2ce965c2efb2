using System.Globalization;
using Azure.Data.Tables;
using XQr.Api.Analytics.Visitors;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Figures;

/// <summary>
/// Figures in a row: Scans, Counts0, … (<see cref="CountsFormat"/>), Visitors and Visitors00 to Visitors23
/// (<see cref="VisitorSketch"/>). Those of bots have names that begin with Bot.
/// </summary>
internal static class FigureRow
{
    /// <summary>The limits of a dimension's values (<see cref="ValueCounts"/>) let at most so many properties of 64 KiB come about.</summary>
    private const int MostChunks = 8;

    public const string People = "";
    public const string Bots = "Bot";

    public static ScanFigures Read(TableEntity row, string who)
    {
        var figures = new ScanFigures { Scans = row.GetInt64($"{who}Scans") ?? 0, Visitors = VisitorsIn(row, $"{who}Visitors") };
        CountsFormat.Read(row.GetBytes($"{who}Counts"), figures);
        for (var hour = 0; hour < ScanFigures.Hours; hour++)
        {
            figures.VisitorsOfHour[hour] = VisitorsIn(row, NameOfHour(who, hour));
        }

        return figures;
    }

    /// <summary>Sets what a scan of one hour may have changed.</summary>
    public static void SetHour(TableEntity row, string who, ScanFigures figures, int hour) => SetHours(row, who, figures, [hour]);

    public static void SetCounts(TableEntity row, string who, ScanFigures figures)
    {
        row[$"{who}Scans"] = figures.Scans;
        row.SetBytes($"{who}Counts", CountsFormat.Write(figures));
    }

    /// <summary>Sets all of it.</summary>
    public static void Set(TableEntity row, string who, ScanFigures figures) =>
        SetHours(row, who, figures, Enumerable.Range(0, ScanFigures.Hours));

    /// <summary>The properties that parts of figures are in; of all figures where <paramref name="includeBots"/>, else of people's.</summary>
    public static IEnumerable<string> Select(FigureParts parts, bool includeBots) =>
        (includeBots ? (string[])[People, Bots] : [People]).SelectMany(who => Select(parts, who)).Prepend("RowKey");

    private static IEnumerable<string> Select(FigureParts parts, string who)
    {
        yield return $"{who}Scans";
        for (var chunk = 0; chunk < MostChunks && parts.HasFlag(FigureParts.Counts); chunk++)
        {
            yield return $"{who}Counts{chunk}";
        }

        if (parts.HasFlag(FigureParts.Visitors))
        {
            yield return $"{who}Visitors";
        }

        for (var hour = 0; hour < ScanFigures.Hours && parts.HasFlag(FigureParts.VisitorsOfHour); hour++)
        {
            yield return NameOfHour(who, hour);
        }
    }

    private static void SetHours(TableEntity row, string who, ScanFigures figures, IEnumerable<int> hours)
    {
        SetCounts(row, who, figures);
        SetVisitors(row, $"{who}Visitors", figures.Visitors);
        foreach (var hour in hours)
        {
            SetVisitors(row, NameOfHour(who, hour), figures.VisitorsOfHour[hour]);
        }
    }

    private static string NameOfHour(string who, int hour) => string.Create(CultureInfo.InvariantCulture, $"{who}Visitors{hour:00}");

    private static VisitorSketch VisitorsIn(TableEntity row, string name) => VisitorSketch.FromBytes(row.GetBinary(name) ?? []);

    private static void SetVisitors(TableEntity row, string name, VisitorSketch visitors)
    {
        if (!visitors.IsEmpty)
        {
            row[name] = visitors.ToBytes();
        }
    }
}

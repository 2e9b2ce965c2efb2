using System.Globalization;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Figures;

namespace XQr.Api.Analytics.Folding;

/// <summary>Figures of a day as they stand in a row, or are to.</summary>
/// <param name="maxValueBytes">How many bytes the values of a dimension may take.</param>
/// <param name="row">The row; null where there is none.</param>
internal sealed class FigureEntry(TableEntity? row, int maxValueBytes)
{
    /// <summary>Some 1,500 referrers.</summary>
    public const int OfLink = 32 * 1024;

    /// <summary>Some 4,500 referrers. So that a row never has more than 1 MiB: three dimensions that visitors choose, of people and of bots, and visitors.</summary>
    public const int OfWorkspace = 96 * 1024;

    public ScanFigures People { get; } = row is null ? new() : FigureRow.Read(row, FigureRow.People);

    public ScanFigures Bots { get; } = row is null ? new() : FigureRow.Read(row, FigureRow.Bots);

    /// <summary>Null while there is no row.</summary>
    public ETag? Version { get; private set; } = row?.ETag;

    public void Add(Scan scan) => (scan.IsBot ? Bots : People).Add(scan, maxValueBytes);

    /// <summary>Writes what scans of an hour may have changed.</summary>
    public void Write(TableEntity changed, int hour, ChangedRows changes)
    {
        foreach (var (who, figures) in ((string, ScanFigures)[])[(FigureRow.People, People), (FigureRow.Bots, Bots)])
        {
            if (figures.Scans > 0)
            {
                FigureRow.SetHour(changed, who, figures, hour);
            }
        }

        changes.Write(changed, Version, version => Version = version);
    }

    /// <summary>Writes what an erasure may have changed.</summary>
    public void WriteCounts(TableEntity changed, ChangedRows changes)
    {
        FigureRow.SetCounts(changed, FigureRow.People, People);
        FigureRow.SetCounts(changed, FigureRow.Bots, Bots);
        changes.Write(changed, Version, version => Version = version);
    }
}

/// <summary>The rows of a workspace's day that folds and erasures change (<see cref="FigureStore"/>).</summary>
internal sealed class DayRows(DateOnly day, TableEntity? row, IEnumerable<TableEntity> linkCounts)
{
    public DateOnly Day => day;

    public FigureEntry Workspace { get; } = new(row, FigureEntry.OfWorkspace);

    /// <summary>The figures of links that are known so far.</summary>
    public Dictionary<Guid, FigureEntry> Links { get; } = [];

    /// <summary>How many rows of the archive each hour has had.</summary>
    public int[] Archived { get; } = [.. Enumerable.Range(0, ScanFigures.Hours).Select(hour => row?.GetInt32(ArchivedName(hour)) ?? 0)];

    /// <summary>Gets the scans of the day's links.</summary>
    public LinkCountRows LinkCounts { get; } = new(day, linkCounts);

    /// <summary>The workspace's row, with other visitors.</summary>
    public TableEntity ToRow(string workspaceId, ScanFigures visitorsOfPeople, ScanFigures visitorsOfBots)
    {
        var changed = new TableEntity(workspaceId, FigureKeys.Day(day));
        FigureRow.Set(changed, FigureRow.People, Workspace.People.WithVisitorsOf(visitorsOfPeople));
        FigureRow.Set(changed, FigureRow.Bots, Workspace.Bots.WithVisitorsOf(visitorsOfBots));
        foreach (var (hour, rows) in Archived.Index())
        {
            if (rows > 0)
            {
                changed[ArchivedName(hour)] = rows;
            }
        }

        return changed;
    }

    public static string ArchivedName(int hour) => string.Create(CultureInfo.InvariantCulture, $"Archived{hour:00}");
}

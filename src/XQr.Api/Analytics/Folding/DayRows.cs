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

/// <summary>The scans of some of a day's links, as they stand in a row, or are to.</summary>
internal sealed class LinkCountsEntry
{
    public LinkCountsEntry(TableEntity? row)
    {
        Version = row?.ETag;
        if (row is not null)
        {
            LinkCountsRow.Read(row, FigureRow.People, People);
            LinkCountsRow.Read(row, FigureRow.Bots, Bots);
        }
    }

    public Dictionary<Guid, long> People { get; } = [];

    public Dictionary<Guid, long> Bots { get; } = [];

    /// <summary>Null while there is no row.</summary>
    public ETag? Version { get; private set; }

    public void Add(Scan scan)
    {
        var counts = scan.IsBot ? Bots : People;
        counts[scan.LinkId] = counts.GetValueOrDefault(scan.LinkId) + 1;
    }

    public bool Has(Guid linkId) => People.ContainsKey(linkId) || Bots.ContainsKey(linkId);

    public void Remove(Guid linkId)
    {
        People.Remove(linkId);
        Bots.Remove(linkId);
    }

    public void Write(TableEntity row, ChangedRows changes)
    {
        LinkCountsRow.Set(row, FigureRow.People, People);
        LinkCountsRow.Set(row, FigureRow.Bots, Bots);
        changes.Write(row, Version, version => Version = version);
    }
}

/// <summary>The rows of a workspace's day that folds and erasures change (<see cref="FigureStore"/>).</summary>
internal sealed class DayRows(DateOnly day, TableEntity? row, IEnumerable<TableEntity> shards)
{
    private readonly LinkCountsEntry[] counts = [.. Enumerable.Range(0, FigureKeys.Shards)
        .Select(shard => new LinkCountsEntry(shards.FirstOrDefault(entity => entity.RowKey == FigureKeys.Links(day, shard))))];

    public DateOnly Day => day;

    public FigureEntry Workspace { get; } = new(row, FigureEntry.OfWorkspace);

    /// <summary>The figures of links that are known so far.</summary>
    public Dictionary<Guid, FigureEntry> Links { get; } = [];

    /// <summary>How many rows of the archive each hour has had.</summary>
    public int[] Archived { get; } = [.. Enumerable.Range(0, ScanFigures.Hours).Select(hour => row?.GetInt32(ArchivedName(hour)) ?? 0)];

    public IEnumerable<Guid> AllLinks => counts.SelectMany(shard => shard.People.Keys.Union(shard.Bots.Keys));

    public LinkCountsEntry CountsOf(Guid linkId) => counts[FigureKeys.ShardOf(linkId)];

    /// <summary>Writes the scans of links, and of those that are in the same rows.</summary>
    public void WriteCounts(string workspaceId, IEnumerable<Guid> linkIds, ChangedRows changes)
    {
        foreach (var shard in linkIds.Select(FigureKeys.ShardOf).Distinct())
        {
            counts[shard].Write(new(workspaceId, FigureKeys.Links(day, shard)), changes);
        }
    }

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

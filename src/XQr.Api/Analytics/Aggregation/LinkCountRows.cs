using Azure;
using Azure.Data.Tables;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Tracks the scan counts of a day's links. Links are distributed over <see cref="StatisticsKeys.Shards"/> shards by a hash, and a shard has
/// as many rows as it needs: a row with more than <see cref="LinkCountsRow.MaxLinks"/> links is split when it is written, so no row comes near
/// its limit of 1 MiB.
/// </summary>
internal sealed class LinkCountRows
{
    private readonly DateOnly day;
    private readonly List<LinkCountsEntry>[] shards = [.. Enumerable.Range(0, StatisticsKeys.Shards).Select(_ => new List<LinkCountsEntry>())];

    public LinkCountRows(DateOnly day, IEnumerable<TableEntity> rows)
    {
        this.day = day;
        foreach (var row in rows)
        {
            var (shard, part) = StatisticsKeys.PartOf(row.RowKey);
            shards[shard].Add(new(part, row));
        }

        foreach (var shard in shards.Where(shard => shard.Count == 0))
        {
            shard.Add(new(0, null));
        }
    }

    /// <summary>Gets all links with scans on that day.</summary>
    public IEnumerable<Guid> Links => shards.SelectMany(shard => shard).SelectMany(entry => entry.Links);

    /// <summary>Returns the row that contains a link, or that a new link is added to.</summary>
    public LinkCountsEntry Of(Guid linkId)
    {
        var shard = shards[StatisticsKeys.ShardOf(linkId)];
        return shard.Find(entry => entry.Has(linkId)) ?? shard[^1];
    }

    /// <summary>Writes the changed rows, splits those that have become too large, and marks the period of the day if it is over.</summary>
    public void Write(string workspaceId, ChangedRows changes, DateOnly today)
    {
        var period = LinkPeriod.Of(day);
        if (period.To < today)
        {
            changes.Put(new(workspaceId, StatisticsKeys.ChangedPeriod(period)));
        }

        foreach (var (number, shard) in shards.Index())
        {
            foreach (var entry in shard.Where(entry => entry.IsChanged).ToArray())
            {
                while (entry.TakeExcess(LinkCountsRow.MaxLinks, shard[^1].Part + 1) is { } next)
                {
                    shard.Add(next);
                }
            }

            foreach (var entry in shard.Where(entry => entry.IsChanged))
            {
                entry.Write(new(workspaceId, StatisticsKeys.Links(day, number, entry.Part)), changes);
            }
        }
    }
}

/// <summary>Tracks the scan counts of one row and the version of the row.</summary>
internal sealed class LinkCountsEntry
{
    private readonly Dictionary<Guid, long> people = [];
    private readonly Dictionary<Guid, long> bots = [];
    private ETag? version;

    public LinkCountsEntry(int part, TableEntity? row)
    {
        Part = part;
        version = row?.ETag;
        if (row is not null)
        {
            LinkCountsRow.Read(row, DailyStatisticsRow.People, people);
            LinkCountsRow.Read(row, DailyStatisticsRow.Bots, bots);
        }
    }

    /// <summary>Gets the number of the row in its shard.</summary>
    public int Part { get; }

    /// <summary>Gets whether the row must be written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Gets the links of the row.</summary>
    public IEnumerable<Guid> Links => people.Keys.Union(bots.Keys);

    /// <summary>Counts a scan.</summary>
    public void Add(Scan scan)
    {
        var counts = scan.IsBot ? bots : people;
        counts[scan.LinkId] = counts.GetValueOrDefault(scan.LinkId) + 1;
        IsChanged = true;
    }

    /// <summary>Returns whether the row contains a link.</summary>
    public bool Has(Guid linkId) => people.ContainsKey(linkId) || bots.ContainsKey(linkId);

    /// <summary>Removes a link.</summary>
    public void Remove(Guid linkId) => IsChanged |= people.Remove(linkId) | bots.Remove(linkId);

    /// <summary>Moves the links above a maximum to a new row.</summary>
    /// <returns>The new row; null if there are no more links than the maximum.</returns>
    public LinkCountsEntry? TakeExcess(int max, int part)
    {
        Guid[] excess = [.. Links.Skip(max).Take(max)];
        if (excess.Length == 0)
        {
            return null;
        }

        var entry = new LinkCountsEntry(part, null) { IsChanged = true };
        foreach (var (from, to) in ((Dictionary<Guid, long>, Dictionary<Guid, long>)[])[(people, entry.people), (bots, entry.bots)])
        {
            foreach (var link in excess)
            {
                if (from.Remove(link, out var scans))
                {
                    to[link] = scans;
                }
            }
        }

        return entry;
    }

    /// <summary>Writes the row.</summary>
    public void Write(TableEntity row, ChangedRows changes)
    {
        LinkCountsRow.Set(row, DailyStatisticsRow.People, people);
        LinkCountsRow.Set(row, DailyStatisticsRow.Bots, bots);
        changes.Replace(row, version, next => (version, IsChanged) = (next, false));
    }
}

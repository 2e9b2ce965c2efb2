using System.Security.Cryptography;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>The result of an attempt to aggregate batches.</summary>
internal enum AggregationResult
{
    /// <summary>The batches are aggregated.</summary>
    Done,

    /// <summary>Another instance changed the statistics; the pending batches must be read again.</summary>
    Conflict,

    /// <summary>The changes do not fit in a transaction.</summary>
    TooLarge,
}

/// <summary>
/// Aggregates batches of scans into statistics. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>s{yyyyMMddHH}{batch}</c></term><description>a pending batch (<see cref="ScanStore"/>); the ids of batches that were
/// divided by links begin with <c>~</c></description></item>
/// <item><term><c>s-{inverted link id}</c></term><description>Id of a deleted link that must still be erased
/// (<see cref="ErasureStore"/>)</description></item>
/// <item><term><c>s+{yyyyMMdd}</c></term><description>a day whose visitors must be computed again</description></item>
/// <item><term><c>d</c></term><description>the aggregation version: Sequence, the number of changes by aggregations and
/// erasures</description></item>
/// </list>
/// One transaction removes batches and adds their scans to the archive, to the statistics of their links and to those of the workspace.
/// Each scan is therefore counted once, even if processes die or several instances aggregate at the same time.
/// </summary>
internal sealed class AggregationStore(Tables tables, TimeProvider time)
{
    /// <summary>The size from which the archive begins another row.</summary>
    private const int ArchiveRowBytes = 256 * 1024;

    /// <summary>Divides batches by links. One transaction.</summary>
    /// <returns>The resulting batches; null if another instance changed a batch.</returns>
    public async Task<IReadOnlyList<PendingBatch>?> TryDivideAsync(string workspaceId, AggregationPlan plan, CancellationToken cancellationToken)
    {
        var changes = new ChangedRows(workspaceId);
        foreach (var batch in plan.Batches)
        {
            changes.Remove(batch.RowKey);
        }

        var scans = plan.Batches.SelectMany(batch => ScanBatchFormat.Read(batch.Data)).ToLookup(scan => scan.LinkId);
        var divided = new List<PendingBatch>();
        foreach (var links in plan.Groups!)
        {
            Scan[] scansOfGroup = [.. links.SelectMany(link => scans[link])];
            var id = PendingBatch.DividedId + RandomNumberGenerator.GetHexString(20, lowercase: true);
            var key = PendingBatch.KeyOf(plan.Batches[0].HourText, id);
            divided.Add(new(key, ScanBatchFormat.Write(scansOfGroup)));
            changes.Put(ScanStore.ToRow(workspaceId, key, divided[^1].Data, scansOfGroup.Length));
        }

        return await changes.TryCommitAsync(tables.Workspaces, cancellationToken) ? divided : null;
    }

    /// <summary>
    /// Aggregates batches of an hour. One transaction to write. Reads the aggregation version and the day unless they are loaded, the archive's
    /// row, and one row for each link whose statistics of that day are not loaded.
    /// </summary>
    public async Task<AggregationResult> TryAggregateAsync(
        StatisticsRows rows, IReadOnlyList<PendingBatch> batches, CancellationToken cancellationToken)
    {
        var hour = batches[0].Hour;
        await rows.LoadAggregationVersionAsync(cancellationToken);
        var day = await rows.LoadDayAsync(DateOnly.FromDateTime(hour.UtcDateTime), cancellationToken);
        Guid[] links = [.. batches.SelectMany(batch => batch.Links).Distinct()];
        var archiving = FindArchiveAsync(rows, day, hour, cancellationToken);
        var loading = rows.LoadLinksAsync(day, links, cancellationToken);
        var erased = await rows.FindErasedAsync(day, links, cancellationToken);
        await Task.WhenAll(archiving, loading);
        Scan[] scans = [.. batches
            .SelectMany(batch => ScanBatchFormat.Read(batch.Data))
            .Where(scan => !erased.Contains(scan.LinkId))
            .OrderBy(scan => scan.At)];

        var changes = new ChangedRows(rows.WorkspaceId);
        rows.WriteAggregationVersion(changes);
        foreach (var batch in batches)
        {
            changes.Remove(batch.RowKey);
        }

        ArchivedHour? archive = null;
        if (scans.Length > 0)
        {
            archive = Archive(rows.WorkspaceId, day, hour, await archiving, scans, changes);
            Count(rows.WorkspaceId, day, hour.Hour, scans, changes);
        }

        if (!changes.FitsTransaction && (links.Length > 1 || batches.Count > 1))
        {
            rows.ForgetDay();
            return AggregationResult.TooLarge;
        }

        if (!await rows.TryCommitAsync(changes, cancellationToken))
        {
            return AggregationResult.Conflict;
        }

        rows.Archive = archive ?? rows.Archive;
        return AggregationResult.Done;
    }

    private void Count(string workspaceId, DayRows day, int hour, Scan[] scans, ChangedRows changes)
    {
        foreach (var scan in scans)
        {
            day.Workspace.Add(scan);
            day.Links[scan.LinkId].Add(scan);
            day.LinkCounts.Of(scan.LinkId).Add(scan);
        }

        Guid[] links = [.. scans.Select(scan => scan.LinkId).Distinct()];
        day.Workspace.Write(
            new(workspaceId, StatisticsKeys.Day(day.Day)) { [DayRows.ArchivedName(hour)] = day.Archived[hour] }, hour, changes);
        foreach (var link in links)
        {
            day.Links[link].Write(new(workspaceId, StatisticsKeys.LinkDay(link, day.Day)), hour, changes);
        }

        day.LinkCounts.Write(workspaceId, changes, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
    }

    /// <summary>Returns the last row of an hour's archive; null if there is none, or none any more.</summary>
    private async Task<ArchivedHour?> FindArchiveAsync(StatisticsRows rows, DayRows day, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        var number = day.Archived[hour.Hour] - 1;
        if (number < 0)
        {
            return null;
        }

        if (rows.Archive?.Hour == hour)
        {
            return rows.Archive;
        }

        var row = await tables.Workspaces.FindAsync(rows.WorkspaceId, ScanArchiveStore.KeyOf(hour, number), cancellationToken);
        return row is null ? null : new(hour, row.GetBytes("Data"));
    }

    /// <summary>Adds scans to the last row of their hour while it has room. An unreadable row gets no more scans.</summary>
    private static ArchivedHour Archive(string workspaceId, DayRows day, DateTimeOffset hour, ArchivedHour? last, Scan[] scans, ChangedRows changes)
    {
        var data = ScanBatchFormat.Write(scans);
        if (last is not null && last.Data.Length + data.Length <= ArchiveRowBytes && ScanBatchFormat.TryRead(last.Data, out var earlier, out _))
        {
            scans = [.. earlier, .. scans];
            data = ScanBatchFormat.Write(scans);
        }
        else
        {
            day.Archived[hour.Hour]++;
        }

        changes.Put(ScanStore.ToRow(workspaceId, ScanArchiveStore.KeyOf(hour, day.Archived[hour.Hour] - 1), data, scans.Length));
        return new(hour, data);
    }
}

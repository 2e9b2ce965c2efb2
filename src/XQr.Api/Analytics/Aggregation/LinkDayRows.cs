using Azure.Data.Tables;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>A day of some links.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Rows">The links that have statistics on that day, and their rows.</param>
internal sealed record LinkDay(DateOnly Day, IReadOnlyList<(Guid Link, TableEntity Row)> Rows);

/// <summary>
/// Reads the statistics of links by day, in the order of the days. The rows in memory are limited, however many days the links have: the
/// first page of each link is small, and the size of the next ones follows from the bytes read so far.
/// </summary>
/// <param name="table">The table of the rows.</param>
/// <param name="workspaceId">The workspace.</param>
/// <param name="links">The links.</param>
/// <param name="select">The properties to read.</param>
internal sealed class LinkDayRows(TableClient table, string workspaceId, IReadOnlyList<Guid> links, IReadOnlyList<string> select)
{
    /// <summary>The number of rows of all first pages together, at least one for each link.</summary>
    private const int FirstRows = 4;

    /// <summary>The intended size of the pages of all links together.</summary>
    private const long TargetBytes = 8 * 1024 * 1024;

    private const int MaxPage = 1_000;

    private readonly Cursor[] cursors = [.. links.Select(link => new Cursor(link))];
    private long rowsRead;
    private long bytesRead;

    /// <summary>Returns the next day. One transaction for each link whose rows in memory are used up.</summary>
    /// <returns>The day; null after the last one.</returns>
    public async Task<LinkDay?> NextAsync(CancellationToken cancellationToken)
    {
        Cursor[] empty = [.. cursors.Where(cursor => cursor is { Rows.Count: 0, IsAtEnd: false })];
        var size = PageSize();
        await Parallel.ForEachAsync(
            empty,
            new ParallelOptions { MaxDegreeOfParallelism = StatisticsRows.Parallelism, CancellationToken = cancellationToken },
            async (cursor, token) => await ReadAsync(cursor, size, token));
        Cursor[] left = [.. cursors.Where(cursor => cursor.Rows.Count > 0)];
        if (left.Length == 0)
        {
            return null;
        }

        var day = left.Min(cursor => cursor.Day);
        return new(day, [.. left.Where(cursor => cursor.Day == day).Select(cursor => (cursor.Link, cursor.Rows.Dequeue()))]);
    }

    private int PageSize() => rowsRead == 0
        ? Math.Max(1, FirstRows / links.Count)
        : (int)Math.Clamp(TargetBytes / links.Count * rowsRead / Math.Max(bytesRead, 1), 1, MaxPage);

    private async Task ReadAsync(Cursor cursor, int size, CancellationToken cancellationToken)
    {
        var pages = table.QueryPrefix(workspaceId, StatisticsKeys.Link(cursor.Link), select, cancellationToken);
        while (cursor is { Rows.Count: 0, IsAtEnd: false })
        {
            var page = await pages.AsPages(cursor.Next, size).FirstAsync(cancellationToken);
            (cursor.Next, cursor.IsAtEnd) = (page.ContinuationToken, page.ContinuationToken is null);
            foreach (var row in page.Values)
            {
                cursor.Rows.Enqueue(row);
                Interlocked.Increment(ref rowsRead);
                Interlocked.Add(ref bytesRead, row.RequestSize());
            }
        }
    }

    /// <summary>The rows of a link that are in memory, and the position of the next page.</summary>
    private sealed class Cursor(Guid link)
    {
        public Guid Link => link;

        public Queue<TableEntity> Rows { get; } = new();

        public string? Next { get; set; }

        public bool IsAtEnd { get; set; }

        public DateOnly Day => StatisticsKeys.DayOf(Rows.Peek().RowKey);
    }
}

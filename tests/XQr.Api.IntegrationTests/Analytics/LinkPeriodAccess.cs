using Azure.Data.Tables;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Quarantine;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Steps that tests of the sums of whole periods share.</summary>
internal static class LinkPeriodAccess
{
    /// <summary>A page of fewer rows than the shortest of the ranges has with the scans of <see cref="NewScans"/>.</summary>
    public const int PageSize = 8;

    public static readonly DateOnly Today = new(2026, 5, 3);

    /// <summary>All days, days that begin and end in a period, and whole periods.</summary>
    private static readonly (DateOnly? From, DateOnly To)[] Ranges =
        [(null, DateOnly.MaxValue), (new(2026, 3, 9), new(2026, 4, 12)), (new(2026, 3, 11), new(2026, 3, 31))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Scans from 4 March to 28 April.</summary>
    public static Scan[] NewScans(this ScanSeed seed, int count, IReadOnlyList<Guid> links) =>
        [.. seed.New(count, links, hours: 55 * 24).Select(scan => scan with { At = scan.At.AddDays(-24) })];

    /// <summary>Adds up the periods that are over.</summary>
    public static async Task AddUpAsync(this XQrApplication instance, string workspaceId) => Assert.True(
        await instance.Service<LinkPeriodSumStore>().AddUpAsync(workspaceId, Today, new(TimeProvider.System), Cancellation));

    /// <summary>The keys of the marks of changed periods.</summary>
    public static async Task<string[]> MarksAsync(this XQrApplication instance, string workspaceId) =>
        [.. (await instance.KeysAsync(workspaceId)).Where(key => key is ['d', 'm', .., '+'])];

    /// <summary>Reads totals with pages so small that periods are used where they are up to date. Larger pages take fewer calls.</summary>
    public static Task<IReadOnlyDictionary<Guid, long>> PeriodTotalsAsync(
        this XQrApplication instance,
        string workspaceId,
        DateOnly? from = null,
        DateOnly? to = null,
        bool includeBots = true,
        int pageSize = 1) =>
        instance.TotalsStore(pageSize)
            .ReadAsync(workspaceId, from, to ?? DateOnly.MaxValue, includeBots, PendingScans.None, Cancellation);

    public static LinkTotalsStore TotalsStore(this XQrApplication instance, int pageSize) =>
        new(instance.Service<Tables>(), instance.Service<LinkPeriodStore>(), instance.Service<UnreadableRows>()) { PageSize = pageSize };

    /// <summary>Compares the totals of some ranges of days with a recount.</summary>
    public static async Task AssertTotalsAsync(
        this XQrApplication instance, string workspaceId, IReadOnlyCollection<Scan> scans, int pageSize = 1)
    {
        foreach (var (from, to) in Ranges)
        {
            foreach (var bots in (bool[])[false, true])
            {
                var expected = scans
                    .Where(scan => (bots || !scan.IsBot) && DayOf(scan) >= (from ?? DateOnly.MinValue) && DayOf(scan) <= to)
                    .CountBy(scan => scan.LinkId).ToDictionary(count => count.Key, count => (long)count.Value);
                var totals = await instance.PeriodTotalsAsync(workspaceId, from, to, bots, pageSize);
                Assert.Equal(expected.OrderBy(link => link.Key), totals.OrderBy(link => link.Key));
            }
        }
    }

    /// <summary>Counts a scan of a person on one of the days with scans as an earlier version does: without a mark, and without Periods.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="scan">The scan.</param>
    public static async Task CountAsEarlierVersionAsync(this XQrApplication instance, string workspaceId, Scan scan)
    {
        var table = instance.Service<Tables>().Workspaces;
        var version = (await table.FindAsync(workspaceId, StatisticsKeys.AggregationVersion, Cancellation))!;
        var key = StatisticsKeys.Links(DayOf(scan), StatisticsKeys.ShardOf(scan.LinkId));
        var row = await table.FindAsync(workspaceId, key, Cancellation) ?? new TableEntity(workspaceId, key);
        var counts = new Dictionary<Guid, long>();
        LinkCountsRow.Read(row, DailyStatisticsRow.People, counts);
        counts[scan.LinkId] = counts.GetValueOrDefault(scan.LinkId) + 1;
        LinkCountsRow.Set(row, DailyStatisticsRow.People, counts);
        var next = new TableEntity(workspaceId, version.RowKey) { ["Sequence"] = version.GetInt64("Sequence") + 1 };
        await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateMerge, next, version.ETag),
                new(TableTransactionActionType.UpsertReplace, row),
            ],
            Cancellation);
    }

    private static DateOnly DayOf(Scan scan) => PendingScans.DayOf(scan);
}

using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>The next step for batches of an hour: aggregate some of them, or divide them by links first.</summary>
/// <param name="Batches">The batches.</param>
/// <param name="Groups">The groups of links to divide the batches by; null to aggregate them.</param>
internal sealed record AggregationPlan(IReadOnlyList<PendingBatch> Batches, IReadOnlyList<IReadOnlyList<Guid>>? Groups = null)
{
    /// <summary>A transaction has at most 100 rows.</summary>
    private const int MaxRows = 100;

    /// <summary>The rows of the aggregation version, the archive, the workspace's day, and the mark of its period.</summary>
    private const int OtherRows = 4;

    /// <summary>The batches of a transaction become one row of the archive, which has at most 1 MiB.</summary>
    private const int MaxBytes = 512 * 1024;

    /// <summary>The number of batches per transaction from which dividing them would not pay.</summary>
    private const int SufficientBatches = 40;

    /// <summary>The maximum number of batches to divide at once, which leaves room in the transaction for the resulting batches.</summary>
    private const int MaxDivided = 80;

    /// <summary>
    /// Plans the next step for the pending batches of an hour, at least one. If each batch has few scans of many links, a transaction could
    /// aggregate only one or two. Dividing them by links results in fewer batches, each with many scans of few links.
    /// </summary>
    public static AggregationPlan Next(IReadOnlyList<PendingBatch> batches)
    {
        PendingBatch[] whole = [.. batches.Where(batch => !batch.IsDivided)];
        var ordered = whole.Length > 0 ? whole : [.. batches.OrderBy(batch => batch.Links.Min(LinkGroups.PlaceOf))];
        var fitting = Fitting(ordered);
        if (fitting.Count == 0)
        {
            return Halve(ordered[0]);
        }

        if (whole.Length == 0 || fitting.Count >= Math.Min(SufficientBatches, whole.Length))
        {
            return new(fitting);
        }

        var some = WithinBytes(whole).Take(MaxDivided).ToArray();
        var groups = LinkGroups.Divide(some.SelectMany(batch => batch.Links), ScanBatch.MaxLinks);
        return some.Length + groups.Count <= MaxRows && groups.Count * 2 <= some.Length ? new(some, groups) : new(fitting);
    }

    /// <summary>Returns a smaller plan, for statistics that do not fit in a transaction.</summary>
    public AggregationPlan Reduce() => Batches.Count > 1 ? new([.. Batches.Take(Batches.Count / 2)]) : Halve(Batches[0]);

    /// <summary>Returns the plan with a limited number of batches, unless they are to be divided.</summary>
    public AggregationPlan Limit(int batches) => Groups is null && Batches.Count > batches ? new([.. Batches.Take(batches)]) : this;

    private static AggregationPlan Halve(PendingBatch batch) => new([batch], LinkGroups.Divide(batch.Links, (batch.Links.Count + 1) / 2));

    /// <summary>Returns the first batches that one transaction can aggregate.</summary>
    private static List<PendingBatch> Fitting(IEnumerable<PendingBatch> batches)
    {
        var (fitting, links) = (new List<PendingBatch>(), new HashSet<Guid>());
        foreach (var batch in WithinBytes(batches))
        {
            links.UnionWith(batch.Links);
            var shards = links.Count < StatisticsKeys.Shards ? links.Select(StatisticsKeys.ShardOf).Distinct().Count() : StatisticsKeys.Shards;
            if (fitting.Count + 1 + links.Count + shards + OtherRows > MaxRows)
            {
                break;
            }

            fitting.Add(batch);
        }

        return fitting;
    }

    private static IEnumerable<PendingBatch> WithinBytes(IEnumerable<PendingBatch> batches)
    {
        var bytes = 0;
        foreach (var batch in batches)
        {
            bytes += batch.Data.Length;
            if (bytes > MaxBytes && bytes > batch.Data.Length)
            {
                yield break;
            }

            yield return batch;
        }
    }
}

using XQr.Api.Analytics.Statistics;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>What to do next with batches of an hour: to fold some of them, or first to divide them by links.</summary>
/// <param name="Batches">The batches.</param>
/// <param name="Groups">The groups of links by which they are to be divided; null to fold them.</param>
internal sealed record AggregationPlan(IReadOnlyList<PendingBatch> Batches, IReadOnlyList<IReadOnlyList<Guid>>? Groups = null)
{
    /// <summary>A transaction has at most 100 rows.</summary>
    private const int MaxRows = 100;

    /// <summary>The ledger, the archive's row and the workspace's day.</summary>
    private const int OtherRows = 3;

    /// <summary>Batches become one row of the archive, which has at most 1 MiB.</summary>
    private const int MaxBytes = 512 * 1024;

    /// <summary>To fold this many at once is good enough.</summary>
    private const int SufficientBatches = 40;

    /// <summary>As many as are divided at once, so that there is room for what they become.</summary>
    private const int MaxDivided = 80;

    /// <summary>
    /// The next step for all batches of an hour that are to be folded, at least one. Where each has few scans of many links, a
    /// transaction could fold only one or two. Divided by links first, they become fewer, each with many scans of few links.
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

    /// <summary>What to do where the statistics of a plan don't fit a transaction.</summary>
    public AggregationPlan Reduce() => Batches.Count > 1 ? new([.. Batches.Take(Batches.Count / 2)]) : Halve(Batches[0]);

    /// <summary>The plan with as many batches at most, unless they are to be divided.</summary>
    public AggregationPlan Limit(int batches) => Groups is null && Batches.Count > batches ? new([.. Batches.Take(batches)]) : this;

    private static AggregationPlan Halve(PendingBatch batch) => new([batch], LinkGroups.Divide(batch.Links, (batch.Links.Count + 1) / 2));

    /// <summary>The first batches that a transaction can fold together.</summary>
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

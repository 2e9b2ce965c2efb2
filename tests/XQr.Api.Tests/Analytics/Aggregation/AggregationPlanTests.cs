using CsCheck;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Tests.Analytics.Aggregation;

public sealed class AggregationPlanTests
{
    private const string Hour = "2026030112";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] Links = [.. Enumerable.Range(0, 2_000).Select(i => new Guid(i, 7, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0))];

    private static readonly Gen<List<PendingBatch>> Batches =
        from most in Gen.Int[1, 99]
        from among in Gen.Int[1, Links.Length]
        from batches in Gen.Int[0, among - 1].List[1, most].List[1, 120]
        select batches.Select((links, index) => NewBatch($"{index:000}", links.Select(link => Links[link]))).ToList();

    [Fact]
    public void EveryPlan_FitsATransactionAndComesToAnEnd() => Batches.Sample(batches =>
    {
        var expected = batches.SelectMany(batch => batch.Links).Count();
        var aggregated = 0;
        for (var steps = 0; batches.Count > 0; steps++)
        {
            Assert.InRange(steps, 0, 1_000);
            var plan = AggregationPlan.Next(batches);
            Assert.NotEmpty(plan.Batches);
            if (plan.Groups is null)
            {
                aggregated += plan.Batches.SelectMany(batch => batch.Links).Count();
                Assert.InRange(plan.Batches.Count + plan.Batches.SelectMany(batch => batch.Links).Distinct().Count() + 4, 1, 100);
                batches = [.. batches.Except(plan.Batches)];
            }
            else
            {
                Assert.InRange(plan.Batches.Count + plan.Groups.Count, 1, 100);
                Assert.Equal(plan.Batches.SelectMany(batch => batch.Links).Distinct().Order(), plan.Groups.SelectMany(group => group).Order());
                expected -= plan.Batches.SelectMany(batch => batch.Links).Count() - plan.Groups.Sum(group => group.Count);
                batches = [.. batches.Except(plan.Batches), .. plan.Groups.Select(group => NewBatch($"~{steps}-{group[0]:N}", group))];
            }
        }

        Assert.Equal(expected, aggregated);
    });

    [Fact]
    public void BusyMinute_OfAThousandLinks_TakesFewSteps()
    {
        var random = new Random(1);
        List<PendingBatch> batches = [.. Enumerable.Range(0, 500).Select(i => NewBatch($"{i:000}", random.GetItems(Links[..1_000], 60)))];
        var steps = 0;
        for (; batches.Count > 0; steps++)
        {
            var plan = AggregationPlan.Next(batches);
            batches = [.. batches.Except(plan.Batches), .. (plan.Groups ?? []).Select(group => NewBatch($"~{steps}-{group[0]:N}", group))];
        }

        Assert.InRange(steps, 1, 50);
    }

    [Fact]
    public void FewBatchesOfFewLinks_AggregatedTogether()
    {
        PendingBatch[] batches = [.. Enumerable.Range(0, 20).Select(i => NewBatch($"{i:00}", Links[..30]))];

        var plan = AggregationPlan.Next(batches);

        Assert.Null(plan.Groups);
        Assert.Equal(batches, plan.Batches);
    }

    [Fact]
    public void BatchOfAnEarlierVersionWithNinetyNineLinks_Divided() =>
        Assert.InRange(AggregationPlan.Next([NewBatch("1", Links[..99])]).Groups!.Count, 2, 4);

    [Fact]
    public void TooLarge_HalfOfItNext()
    {
        var plan = new AggregationPlan([.. Enumerable.Range(0, 4).Select(i => NewBatch($"{i}", Links[..8]))]);

        Assert.Equal(2, plan.Reduce().Batches.Count);
        Assert.All(plan.Reduce().Reduce().Reduce().Groups!, group => Assert.InRange(group.Count, 1, 4));
    }

    private static PendingBatch NewBatch(string id, IEnumerable<Guid> links) => new(
        PendingBatch.KeyOf(Hour, id),
        ScanBatchFormat.Write([.. links.Distinct().Select(link => new Scan(link, Noon, "DE", "mobile", "Chrome", "Android", "direct"))]));
}

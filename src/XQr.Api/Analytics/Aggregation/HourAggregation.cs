namespace XQr.Api.Analytics.Aggregation;

/// <summary>Aggregates the pending batches of an hour step by step.</summary>
/// <param name="store">The store that aggregates and divides batches.</param>
/// <param name="pending">The store of pending batches.</param>
/// <param name="rows">The workspace's statistics.</param>
/// <param name="batches">The batches, at least one.</param>
internal sealed class HourAggregation(
    AggregationStore store, PendingWorkStore pending, StatisticsRows rows, IReadOnlyList<PendingBatch> batches)
{
    private readonly string hourText = batches[0].HourText;

    /// <summary>The batches that are left; null to read them.</summary>
    private IReadOnlyList<PendingBatch>? left = batches;

    /// <summary>The next plan, if the one before was too large.</summary>
    private AggregationPlan? reduced;

    private int maxBatches = int.MaxValue;

    /// <summary>Aggregates batches in one transaction, or divides them.</summary>
    /// <returns>True if batches are left; null if another instance changed the statistics or a batch.</returns>
    public async Task<bool?> TryStepAsync(CancellationToken cancellationToken)
    {
        left ??= await pending.ReadHourAsync(rows.WorkspaceId, hourText, cancellationToken);
        if (left.Count == 0)
        {
            return false;
        }

        var plan = reduced ?? AggregationPlan.Next(left).Limit(maxBatches);
        reduced = null;
        if (plan.Groups is not null)
        {
            var divided = await store.TryDivideAsync(rows.WorkspaceId, plan, cancellationToken);
            left = divided is null ? null : [.. left.Except(plan.Batches), .. divided];
            return left is null ? null : left.Count > 0;
        }

        switch (await store.TryAggregateAsync(rows, plan.Batches, cancellationToken))
        {
            case AggregationResult.Done:
                left = [.. left.Except(plan.Batches)];
                return left.Count > 0;
            case AggregationResult.TooLarge:
                reduced = plan.Reduce();
                maxBatches = reduced.Batches.Count;
                return true;
            default:
                left = null;
                return null;
        }
    }
}

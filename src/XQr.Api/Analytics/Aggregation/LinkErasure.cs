namespace XQr.Api.Analytics.Aggregation;

/// <summary>Erases deleted links step by step: their days, and then the requests to erase them.</summary>
/// <param name="store">The store that erases days.</param>
/// <param name="pending">The store of pending work.</param>
/// <param name="rows">The workspace's statistics.</param>
/// <param name="links">At most <see cref="ErasureStore.MaxLinks"/> links.</param>
/// <param name="stale">The set that receives the days whose visitors must be computed again.</param>
internal sealed class LinkErasure(
    ErasureStore store, PendingWorkStore pending, StatisticsRows rows, IReadOnlyList<Guid> links, ISet<DateOnly> stale)
{
    /// <summary>The links that are left; null to find them.</summary>
    private IReadOnlyList<Guid>? left;

    /// <summary>The days that are left; null to read them.</summary>
    private LinkDayRows? days;

    private bool hasConflict;

    /// <summary>Erases a day of the links in one transaction, or the requests to erase them.</summary>
    /// <returns>True if something is left; null if another instance changed the statistics.</returns>
    public async Task<bool?> TryStepAsync(CancellationToken cancellationToken)
    {
        left ??= hasConflict ? await pending.StillToEraseAsync(rows.WorkspaceId, links, cancellationToken) : links;
        if (left.Count == 0)
        {
            return false;
        }

        if (days is null)
        {
            // Each commit is conditional on this version, so no row that is read after it can have changed.
            await rows.LoadAggregationVersionAsync(cancellationToken);
            days = store.ReadDays(rows.WorkspaceId, left);
        }

        var day = await days.NextAsync(cancellationToken);
        var succeeded = day is null
            ? await store.TryEndAsync(rows, left, cancellationToken)
            : await store.TryEraseDayAsync(rows, day, stale, cancellationToken);
        if (!succeeded)
        {
            (left, days, hasConflict) = (null, null, true);
            return null;
        }

        return day is not null;
    }
}

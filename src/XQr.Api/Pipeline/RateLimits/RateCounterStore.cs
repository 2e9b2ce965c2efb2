using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Counters of requests. Table <c>RateCounters</c>, partition = key id or workspace id, row = the counter's name (<c>minute</c>,
/// <c>month</c>): Period, and Taken, the number of tokens of that period that instances have taken.
/// </summary>
internal sealed class RateCounterStore(Tables tables)
{
    /// <summary>One transaction.</summary>
    public async Task<RateCount> FindAsync(string owner, string name, CancellationToken cancellationToken) =>
        await tables.RateCounters.FindAsync(owner, name, cancellationToken) is { } row
            ? new(row.GetInt64("Period") ?? 0, row.GetInt32("Taken") ?? 0, row.ETag.ToString())
            : default;

    /// <summary>Writes a counter if nobody else did since it was read; null where somebody did. One transaction.</summary>
    public async Task<RateCount?> TrySetAsync(
        string owner, string name, RateCount read, long period, int taken, CancellationToken cancellationToken)
    {
        var row = new TableEntity(owner, name) { ["Period"] = period, ["Taken"] = taken };
        var version = read.Version is null
            ? await tables.RateCounters.TryAddAsync(row, cancellationToken)
            : await tables.RateCounters.TryUpdateAsync(row, new ETag(read.Version), TableUpdateMode.Replace, cancellationToken);
        return version is { } written ? new(period, taken, written.ToString()) : null;
    }
}

/// <summary>A counter as it is stored.</summary>
/// <param name="Period">The minute or month that it counts; larger is later.</param>
/// <param name="Taken">The tokens that instances have taken.</param>
/// <param name="Version">Changes with each write; null where there is no counter yet.</param>
internal readonly record struct RateCount(long Period, int Taken, string? Version);

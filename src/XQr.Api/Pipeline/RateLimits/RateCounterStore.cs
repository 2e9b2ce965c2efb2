using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Counters of requests. Table <c>RateCounters</c>, partition = key id or workspace id, row = the counter's name (<c>minute</c>,
/// <c>month</c>; with <c>-1</c> to <c>-3</c> for instances whose clocks are far behind those that write the previous row): Period;
/// Taken, the number of tokens of that period that instances have taken; Held, the most of them that may be unspent; At, the time of the
/// last write by the clock of its instance; and Write, a unique string for each write.
/// </summary>
internal sealed class RateCounterStore(Tables tables)
{
    /// <summary>Reads a counter. One transaction.</summary>
    public async Task<RateCount> FindAsync(string owner, string name, CancellationToken cancellationToken) =>
        ToCount(await tables.RateCounters.FindAsync(owner, name, cancellationToken));

    /// <summary>Writes a counter if it has not changed since it was read. One transaction, and a read if it has changed.</summary>
    /// <param name="owner">The id of the key or workspace.</param>
    /// <param name="name">The name of the counter.</param>
    /// <param name="read">The counter as it was read.</param>
    /// <param name="next">The new values. Their version is not used.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>True if the counter was written, and the current counter.</returns>
    public async Task<(bool IsWritten, RateCount Count)> TrySetAsync(
        string owner, string name, RateCount read, RateCount next, CancellationToken cancellationToken)
    {
        var write = ResourceVersion.New();
        var row = new TableEntity(owner, name)
        {
            ["Period"] = next.Period,
            ["Taken"] = next.Taken,
            ["Held"] = next.Held,
            ["At"] = next.At,
            ["Write"] = write,
        };
        var version = read.Version is null
            ? await tables.RateCounters.TryAddAsync(row, cancellationToken)
            : await tables.RateCounters.TryUpdateAsync(row, new ETag(read.Version), TableUpdateMode.Replace, cancellationToken);
        if (version is { } written)
        {
            return (true, next with { Version = written.ToString() });
        }

        // If the row has this write, an earlier attempt succeeded but its response was lost.
        var other = await tables.RateCounters.FindAsync(owner, name, cancellationToken);
        return (other?.GetString("Write") == write, ToCount(other));
    }

    private static RateCount ToCount(TableEntity? row) =>
        row is null
        ? default
        : new(
            row.GetInt64("Period") ?? 0,
            row.GetInt32("Taken") ?? 0,
            row.GetInt32("Held") ?? 0,
            row.GetDateTimeOffset("At") ?? default,
            row.ETag.ToString());
}

/// <summary>A counter as it is stored.</summary>
/// <param name="Period">The minute or month that it counts; larger is later.</param>
/// <param name="Taken">The tokens that instances have taken.</param>
/// <param name="Held">The taken tokens that may be unspent, as their instances leased more than they needed. 0 in rows of earlier versions.</param>
/// <param name="At">The time of the last write. Long ago in rows of earlier versions.</param>
/// <param name="Version">The version, which changes with each write; null if there is no counter.</param>
internal readonly record struct RateCount(long Period, int Taken, int Held, DateTimeOffset At, string? Version);

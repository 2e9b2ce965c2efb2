using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Counters of requests. Table <c>RateCounters</c>, partition = key id or workspace id, row = the counter's name (<c>minute</c>,
/// <c>month</c>; with <c>-1</c> to <c>-3</c> for instances whose clocks are far behind those that write the row before): Period, Taken,
/// the number of tokens of that period that instances have taken, and Write, which tells each write from all others.
/// </summary>
internal sealed class RateCounterStore(Tables tables)
{
    /// <summary>Reads a counter. One transaction.</summary>
    public async Task<RateCount> FindAsync(string owner, string name, CancellationToken cancellationToken) =>
        ToCount(await tables.RateCounters.FindAsync(owner, name, cancellationToken));

    /// <summary>Writes a counter if nobody else did since it was read. One transaction, and a read where somebody did.</summary>
    /// <returns>Whether it was written, and the counter as it is then.</returns>
    public async Task<(bool IsWritten, RateCount Count)> TrySetAsync(
        string owner, string name, RateCount read, long period, int taken, CancellationToken cancellationToken)
    {
        var write = ResourceVersion.New();
        var row = new TableEntity(owner, name) { ["Period"] = period, ["Taken"] = taken, ["Write"] = write };
        var version = read.Version is null
            ? await tables.RateCounters.TryAddAsync(row, cancellationToken)
            : await tables.RateCounters.TryUpdateAsync(row, new ETag(read.Version), TableUpdateMode.Replace, cancellationToken);
        if (version is { } written)
        {
            return (true, new(period, taken, written.ToString()));
        }

        // It is this very write where an attempt went through although its answer was lost.
        var other = await tables.RateCounters.FindAsync(owner, name, cancellationToken);
        return (other?.GetString("Write") == write, ToCount(other));
    }

    private static RateCount ToCount(TableEntity? row) =>
        row is null ? default : new(row.GetInt64("Period") ?? 0, row.GetInt32("Taken") ?? 0, row.ETag.ToString());
}

/// <summary>A counter as it is stored.</summary>
/// <param name="Period">The minute or month that it counts; larger is later.</param>
/// <param name="Taken">The tokens that instances have taken.</param>
/// <param name="Version">Changes with each write; null where there is no counter yet.</param>
internal readonly record struct RateCount(long Period, int Taken, string? Version);

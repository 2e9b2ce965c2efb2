using Microsoft.Extensions.Options;

namespace XQr.Api.Analytics.Scans;

/// <summary>
/// Limits the memory of scans that wait for storage or for the quarantine. A workspace may hold at most as much as it leaves free: one alone
/// gets half of the memory, two get a third each, and there is always room for one more.
/// </summary>
/// <param name="maxBytes">The memory of all workspaces.</param>
internal sealed class PendingBudget(long maxBytes)
{
    /// <summary>The part of the process's memory that scans may take by default.</summary>
    private const int Share = 8;

    private const long Megabyte = 1024 * 1024;

    /// <summary>The default on a machine with much memory.</summary>
    private const long MaxDefaultBytes = 512 * Megabyte;

    private long bytes;

    /// <summary>Creates the limit of this instance.</summary>
    public PendingBudget(IOptions<ScanOptions> options)
        : this(options.Value.MaxPendingMegabytes is > 0 and var megabytes
            ? megabytes * Megabyte
            : Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share, MaxDefaultBytes))
    {
    }

    /// <summary>Gets the memory that scans take, as estimated.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Creates the share of a workspace.</summary>
    public PendingShare NewShare() => new(this);

    /// <summary>Takes memory unless the workspace would hold more than it leaves free.</summary>
    /// <param name="held">The memory that the workspace holds, with the memory to take.</param>
    /// <param name="size">The memory to take.</param>
    internal bool TryTake(long held, long size)
    {
        if (held <= maxBytes - Interlocked.Add(ref bytes, size))
        {
            return true;
        }

        Release(size);
        return false;
    }

    /// <summary>Returns memory.</summary>
    internal void Release(long size) => Interlocked.Add(ref bytes, -size);
}

/// <summary>The memory that the waiting scans of one workspace take.</summary>
internal sealed class PendingShare(PendingBudget all)
{
    private long bytes;

    /// <summary>Takes memory for scans.</summary>
    /// <returns>False if there is not enough, so that the scans are lost.</returns>
    public bool TryTake(long size)
    {
        if (all.TryTake(Interlocked.Add(ref bytes, size), size))
        {
            return true;
        }

        Interlocked.Add(ref bytes, -size);
        return false;
    }

    /// <summary>Returns the memory of scans that no longer wait.</summary>
    public void Release(long size)
    {
        Interlocked.Add(ref bytes, -size);
        all.Release(size);
    }
}

using System.Security.Cryptography;
using XQr.Api.Links;

namespace XQr.Api.Analytics.Scans;

/// <summary>Counts the scans of a link that one writer has stored, and tracks the version of the row.</summary>
internal sealed class Tally(string name)
{
    /// <summary>Gets the name of the tally.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the scans.</summary>
    public LinkScans Scans { get; private set; } = LinkScans.None;

    /// <summary>Gets the version of the row; null if it does not exist yet.</summary>
    public string? Version { get; private set; }

    /// <summary>Sets the state after a write.</summary>
    public void Set(LinkScans scans, string version) => (Scans, Version) = (scans, version);
}

/// <summary>
/// Holds the tallies of one writer. No other writer changes their rows while it is alive, so storing scans needs no reads and causes no
/// conflicts. A writer stores its batches one after another.
/// </summary>
internal sealed class WriterTallies(string? name = null)
{
    private readonly Dictionary<Guid, Tally> tallies = [];
    private (string BatchId, DateTimeOffset At) attempt;
    private int namesCreated;

    /// <summary>Gets the unique name of the writer, which is random by default.</summary>
    public string Name { get; } = name ?? RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>Gets whether there is no tally.</summary>
    public bool IsEmpty => tallies.Count == 0;

    /// <summary>Gets or sets the version of the writer's own row (<see cref="ScanWriterStore"/>); null if it does not exist yet.</summary>
    public string? Version { get; set; }

    /// <summary>Gets the tally of a link.</summary>
    public Tally this[Guid linkId] => tallies.TryGetValue(linkId, out var tally) ? tally : tallies[linkId] = new(NewName());

    /// <summary>Returns the time of the first attempt to store a batch.</summary>
    public DateTimeOffset FirstAttempt(string batchId, DateTimeOffset now)
    {
        attempt = attempt.BatchId == batchId ? attempt : (batchId, now);
        return attempt.At;
    }

    /// <summary>Returns a name that no other writer and no other call returns.</summary>
    public string NewName() => $"{Name}{Interlocked.Increment(ref namesCreated):x8}";

    /// <summary>Removes tallies whose rows may have been changed by another writer. The next scans go to new rows.</summary>
    public void Drop(IEnumerable<Guid> linkIds)
    {
        foreach (var linkId in linkIds)
        {
            tallies.Remove(linkId);
        }
    }

    /// <summary>Removes and returns the tallies without a scan since a time.</summary>
    public IReadOnlyList<(Guid LinkId, Tally Tally)> TakeIdle(DateTimeOffset since)
    {
        (Guid, Tally)[] idle = [.. tallies.Where(entry => !(entry.Value.Scans.LastAt > since)).Select(entry => (entry.Key, entry.Value))];
        Drop(idle.Select(entry => entry.Item1));
        return idle;
    }
}

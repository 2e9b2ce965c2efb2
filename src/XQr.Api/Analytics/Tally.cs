using System.Security.Cryptography;

namespace XQr.Api.Analytics;

/// <summary>How many scans of a link one writer has stored so far, and the version of the row that says so.</summary>
internal sealed class Tally(string name)
{
    public string Name { get; } = name;

    public long Count { get; private set; }

    public DateTimeOffset LastScanAt { get; private set; }

    /// <summary>Null while there is no row yet.</summary>
    public string? Version { get; private set; }

    public void Set(long count, DateTimeOffset lastScanAt, string version) => (Count, LastScanAt, Version) = (count, lastScanAt, version);
}

/// <summary>
/// The tallies of one writer. No other writes to their rows while it is alive, so storing scans needs no reading and meets no conflict.
/// A writer stores its batches one after another.
/// </summary>
internal sealed class TallyBook(string? name = null)
{
    private readonly Dictionary<Guid, Tally> tallies = [];
    private (string BatchId, DateTimeOffset At) attempt;
    private int made;

    /// <summary>Gets the name of the writer, which no other writer has; one by chance if none was given.</summary>
    public string Name { get; } = name ?? RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>Gets or sets the version of the writer's own row (<see cref="ScanWriterStore"/>); null while there is none.</summary>
    public string? Version { get; set; }

    public Tally this[Guid linkId] => tallies.TryGetValue(linkId, out var tally) ? tally : tallies[linkId] = new(NewName());

    /// <summary>Returns when a batch was tried first.</summary>
    public DateTimeOffset FirstAttempt(string batchId, DateTimeOffset now)
    {
        attempt = attempt.BatchId == batchId ? attempt : (batchId, now);
        return attempt.At;
    }

    /// <summary>An id that no other writer and no other call gives.</summary>
    public string NewName() => $"{Name}{Interlocked.Increment(ref made):x8}";

    /// <summary>Forgets a tally whose row was changed by somebody else, or may have been: the next scans go to a new row.</summary>
    public void Drop(IEnumerable<Guid> linkIds)
    {
        foreach (var linkId in linkIds)
        {
            tallies.Remove(linkId);
        }
    }

    /// <summary>Takes out the tallies that got no scan since a time.</summary>
    public IReadOnlyList<(Guid LinkId, Tally Tally)> TakeIdle(DateTimeOffset since)
    {
        (Guid, Tally)[] idle = [.. tallies.Where(entry => entry.Value.LastScanAt <= since).Select(entry => (entry.Key, entry.Value))];
        Drop(idle.Select(entry => entry.Item1));
        return idle;
    }
}

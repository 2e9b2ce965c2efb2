using System.Globalization;

namespace XQr.Api.Analytics.Scans;

/// <summary>Represents scans of one workspace and one hour that are stored in one row.</summary>
/// <param name="Id">The unique id of the batch, so that storing it twice has no effect.</param>
/// <param name="Scans">The scans, at least one.</param>
internal sealed record ScanBatch(string Id, IReadOnlyList<Scan> Scans)
{
    /// <summary>
    /// The maximum number of links. A transaction has at most 100 rows. Storing a batch takes a row for the batch, one for its writer and a tally
    /// for each link. Aggregating it takes a row for the day of each link and up to seven others.
    /// </summary>
    public const int MaxLinks = 88;

    /// <summary>
    /// The maximum number of scans. A row has at most 1 MiB, a scan's referrer at most 253 characters, and its other texts far fewer.
    /// </summary>
    public const int MaxScans = 2_000;

    /// <summary>Gets the UTC hour as it is in row keys.</summary>
    public string Hour => Scans[0].At.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    /// <summary>
    /// Divides scans into batches. The scans of a link are kept together, so that alternating links do not fill a batch's tallies after a few
    /// scans.
    /// </summary>
    public static IEnumerable<ScanBatch> Divide(IEnumerable<Scan> scans, Func<string> newId)
    {
        var links = new HashSet<Guid>();
        var batch = new List<Scan>();
        foreach (var scan in scans.GroupBy(scan => (HourOf(scan), scan.LinkId)).SelectMany(group => group))
        {
            if (batch.Count == MaxScans
                || (batch.Count > 0 && HourOf(scan) != HourOf(batch[0]))
                || (links.Count == MaxLinks && !links.Contains(scan.LinkId)))
            {
                yield return new(newId(), batch);
                (batch, links) = ([], []);
            }

            links.Add(scan.LinkId);
            batch.Add(scan);
        }

        if (batch.Count > 0)
        {
            yield return new(newId(), batch);
        }
    }

    /// <summary>Estimates the bytes of the batch in memory.</summary>
    public long EstimateBytes() => Scans.Sum(scan => scan.EstimateBytes());

    private static long HourOf(Scan scan) => scan.At.UtcTicks / TimeSpan.TicksPerHour;
}

using System.Globalization;

namespace XQr.Api.Analytics;

/// <summary>Scans of one workspace and one hour that are stored together.</summary>
/// <param name="Id">Distinguishes the batch from every other, so that storing it twice has no effect.</param>
/// <param name="Scans">At least one.</param>
internal sealed record ScanBatch(string Id, IReadOnlyList<Scan> Scans)
{
    /// <summary>
    /// A transaction has at most 100 rows. Storing a batch takes one for it, one for its writer and a tally for each link; folding it, one for each link's
    /// day and up to seven others.
    /// </summary>
    public const int MaxLinks = 88;

    /// <summary>A row has at most 1 MiB. A scan's referrer has at most 253 characters, its other texts far fewer.</summary>
    public const int MaxScans = 2_000;

    public string Hour => Scans[0].At.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    /// <summary>
    /// Divides scans into batches. Those of a link stand together, else links that take turns would fill a batch's tallies after as
    /// many scans.
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

    private static long HourOf(Scan scan) => scan.At.UtcTicks / TimeSpan.TicksPerHour;
}

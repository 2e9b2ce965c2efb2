using XQr.Api.Analytics.Scans;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Reads and writes the binary format of counts. The counts of statistics:
/// <code>
/// byte     1, the format's version
/// number   scans of each of the 24 hours
/// for each dimension (country, device, browser, operating system, referrer):
/// number   values; each: number of bytes, UTF-8, and the number of its scans
/// </code>
/// The scan counts of a day's links:
/// <code>
/// byte     1, the format's version
/// number   links; each: 16 bytes, the UUID in network order, and the number of its scans
/// </code>
/// A number has 7 bits in each byte, the lowest first.
/// </summary>
internal static class CountsFormat
{
    private const byte Version = 1;

    /// <summary>Returns the bytes of the counts of statistics.</summary>
    public static byte[] Write(ScanStatistics statistics) => Write(writer =>
    {
        foreach (var scans in statistics.ScansOfHour)
        {
            writer.Write7BitEncodedInt64(scans);
        }

        for (var dimension = 0; dimension < ScanStatistics.Dimensions; dimension++)
        {
            var counts = statistics.By((Dimension)dimension).All;
            writer.Write7BitEncodedInt(counts.Count);
            foreach (var (value, count) in counts)
            {
                writer.Write(value);
                writer.Write7BitEncodedInt64(count);
            }
        }
    });

    /// <summary>Reads counts into statistics that have none yet. No bytes mean no counts.</summary>
    public static void Read(byte[] bytes, ScanStatistics statistics) => Read(bytes, reader =>
    {
        for (var hour = 0; hour < ScanStatistics.Hours; hour++)
        {
            statistics.ScansOfHour[hour] = reader.Read7BitEncodedInt64();
        }

        for (var dimension = 0; dimension < ScanStatistics.Dimensions; dimension++)
        {
            var counts = statistics.By((Dimension)dimension);
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                counts.Add(reader.ReadString(), reader.Read7BitEncodedInt64());
            }
        }
    });

    /// <summary>Returns the bytes of the scan counts of links.</summary>
    public static byte[] Write(IReadOnlyDictionary<Guid, long> links) => Write(writer =>
    {
        writer.Write7BitEncodedInt(links.Count);
        foreach (var (link, scans) in links)
        {
            writer.Write(link.ToByteArray(bigEndian: true));
            writer.Write7BitEncodedInt64(scans);
        }
    });

    /// <summary>Reads the scan counts of links and adds them to existing counts.</summary>
    public static void Read(byte[] bytes, Dictionary<Guid, long> links) => Read(bytes, reader =>
    {
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var link = new Guid(reader.ReadBytes(16), bigEndian: true);
            links[link] = links.GetValueOrDefault(link) + reader.Read7BitEncodedInt64();
        }
    });

    private static byte[] Write(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Version);
            write(writer);
        }

        return bytes.ToArray();
    }

    private static void Read(byte[] bytes, Action<BinaryReader> read)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        BinaryContent.Read(bytes, reader =>
        {
            if (reader.ReadByte() is var version && version != Version)
            {
                throw new InvalidDataException($"Counts of format version {version} cannot be read.");
            }

            read(reader);
            return true;
        });
    }
}

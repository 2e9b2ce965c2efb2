using System.Diagnostics.CodeAnalysis;

namespace XQr.Api.Analytics.Scans;

/// <summary>
/// Reads and writes the binary format of a batch of scans. Each text and link is stored once, and scans refer to them by index. A scan takes
/// about 16 bytes:
/// <code>
/// byte     2, the format's version
/// number   links; each: 16 bytes, the UUID in network order
/// number   texts; each: number of bytes, UTF-8
/// number   scans; each, as numbers: milliseconds since the scan before (the first: since 1970; zigzag, since clocks may step back),
///          twice the link, plus 1 for a bot, country, device, browser, operating system, referrer;
///          then the visitor, 8 bytes, little-endian
/// </code>
/// A number has 7 bits in each byte, the lowest first. Version 1 had no bots, so it had the link itself, and no visitors.
/// </summary>
internal static class ScanBatchFormat
{
    private const byte Version = 2;

    /// <summary>The minimum size of a scan of version 1: a byte for each of its numbers.</summary>
    private const int MinScanBytes = 7;

    /// <summary>Returns the bytes of scans.</summary>
    public static byte[] Write(IReadOnlyList<Scan> scans)
    {
        var links = new Dictionary<Guid, int>();
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        using var numbers = new MemoryStream();
        using (var writer = new BinaryWriter(numbers))
        {
            var before = 0L;
            writer.Write7BitEncodedInt(scans.Count);
            foreach (var scan in scans)
            {
                var at = scan.At.ToUnixTimeMilliseconds();
                writer.Write7BitEncodedInt64(Zigzag(at - before));
                writer.Write7BitEncodedInt((IndexOf(links, scan.LinkId) << 1) | (scan.IsBot ? 1 : 0));
                foreach (var text in (ReadOnlySpan<string>)[scan.Country, scan.Device, scan.Browser, scan.Os, scan.Referrer])
                {
                    writer.Write7BitEncodedInt(IndexOf(texts, text));
                }

                writer.Write(scan.Visitor);
                before = at;
            }
        }

        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Version);
            writer.Write7BitEncodedInt(links.Count);
            foreach (var link in links.Keys)
            {
                writer.Write(link.ToByteArray(bigEndian: true));
            }

            writer.Write7BitEncodedInt(texts.Count);
            foreach (var text in texts.Keys)
            {
                writer.Write(text);
            }

            writer.Write(numbers.ToArray());
        }

        return bytes.ToArray();
    }

    /// <summary>Reads scans.</summary>
    /// <exception cref="InvalidDataException">The bytes are of an unknown version, or damaged.</exception>
    public static IReadOnlyList<Scan> Read(byte[] bytes) => BinaryContent.Read(bytes, reader => ReadScans(reader, keep: true));

    /// <summary>Checks that scans can be read, without keeping them in memory.</summary>
    /// <exception cref="InvalidDataException">The bytes are of an unknown version, or damaged.</exception>
    public static void Check(byte[] bytes) => BinaryContent.Read(bytes, reader => ReadScans(reader, keep: false));

    /// <summary>Reads scans, and returns whether they could be read.</summary>
    public static bool TryRead(
        byte[] bytes, [NotNullWhen(true)] out IReadOnlyList<Scan>? scans, [NotNullWhen(false)] out InvalidDataException? failure)
    {
        try
        {
            (scans, failure) = (Read(bytes), null);
            return true;
        }
        catch (InvalidDataException exception)
        {
            (scans, failure) = (null, exception);
            return false;
        }
    }

    /// <summary>Reads only the links of the scans.</summary>
    /// <exception cref="InvalidDataException">The bytes are of an unknown version, or damaged.</exception>
    public static IReadOnlyList<Guid> ReadLinks(byte[] bytes) => BinaryContent.Read(bytes, reader => ReadHead(reader).Links, toEnd: false);

    /// <summary>Reads only the number of scans.</summary>
    /// <exception cref="InvalidDataException">The bytes are of an unknown version, or damaged.</exception>
    public static int ReadCount(byte[] bytes) => BinaryContent.Read(
        bytes,
        reader =>
        {
            ReadHead(reader);
            ReadTexts(reader);
            return reader.ReadCount(MinScanBytes);
        },
        toEnd: false);

    private static Scan[] ReadScans(BinaryReader reader, bool keep)
    {
        var (links, hasVisitors) = ReadHead(reader);
        var texts = ReadTexts(reader);
        var count = reader.ReadCount(MinScanBytes);
        var scans = keep ? new Scan[count] : [];
        var at = 0L;
        for (var i = 0; i < count; i++)
        {
            at += Unzigzag(reader.Read7BitEncodedInt64());
            var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
            var number = reader.Read7BitEncodedInt();
            var link = links[hasVisitors ? number >> 1 : number];
            var (country, device, browser, os, referrer) = (Text(), Text(), Text(), Text(), Text());
            var visitor = hasVisitors ? reader.ReadUInt64() : 0;
            if (keep)
            {
                scans[i] = new(link, time, country, device, browser, os, referrer, visitor, hasVisitors && (number & 1) != 0);
            }
        }

        return scans;

        string Text() => texts[reader.Read7BitEncodedInt()];
    }

    private static (Guid[] Links, bool HasVisitors) ReadHead(BinaryReader reader)
    {
        var version = reader.ReadByte();
        if (version is not (1 or Version))
        {
            throw new InvalidDataException($"Scans of format version {version} cannot be read.");
        }

        var links = new Guid[reader.ReadCount(minBytes: 16)];
        for (var i = 0; i < links.Length; i++)
        {
            links[i] = new Guid(reader.ReadBytes(16), bigEndian: true);
        }

        return (links, version > 1);
    }

    private static string[] ReadTexts(BinaryReader reader)
    {
        var texts = new string[reader.ReadCount(minBytes: 1)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadString();
        }

        return texts;
    }

    /// <summary>Returns the index of an item. A dictionary without removals lists its keys in the order of their insertion.</summary>
    private static int IndexOf<T>(Dictionary<T, int> table, T item)
        where T : notnull => table.TryGetValue(item, out var index) ? index : table[item] = table.Count;

    private static long Zigzag(long number) => (number << 1) ^ (number >> 63);

    private static long Unzigzag(long number) => (long)((ulong)number >> 1) ^ -(number & 1);
}

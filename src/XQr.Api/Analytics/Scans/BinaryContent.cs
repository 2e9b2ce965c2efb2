namespace XQr.Api.Analytics.Scans;

/// <summary>Reads stored bytes that may be damaged.</summary>
internal static class BinaryContent
{
    /// <summary>Reads bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="read">A function that reads the content.</param>
    /// <param name="toEnd">True if the function must read all bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, too few or too many.</exception>
    public static T Read<T>(byte[] bytes, Func<BinaryReader, T> read, bool toEnd = true)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        try
        {
            var result = read(reader);
            return !toEnd || reader.BaseStream.Position == bytes.Length
                ? result
                : throw new InvalidDataException("The content is longer than it should be.");
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or IndexOutOfRangeException
            or ArgumentException or IOException)
        {
            throw new InvalidDataException("The content is damaged.", exception);
        }
    }

    /// <summary>Reads a number of entries, and checks it against the remaining bytes, so that a damaged number allocates no memory.</summary>
    public static int ReadCount(this BinaryReader reader, int minBytes)
    {
        var count = reader.Read7BitEncodedInt();
        return count >= 0 && count <= (reader.BaseStream.Length - reader.BaseStream.Position) / minBytes
            ? count
            : throw new InvalidDataException($"The content is too short for {count} entries.");
    }
}

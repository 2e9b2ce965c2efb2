using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace XQr.Rendering;

/// <summary>Writes square PNG files: signature, header and chunks (PNG, third edition, 5).</summary>
internal static class PngWriter
{
    /// <summary>The filter type for differences from the row above. The first byte of each row is its filter type; 0 is none (PNG, 9.2).</summary>
    public const byte Up = 2;

    /// <summary>The colour type of an image whose pixels are indexes into the chunk PLTE (PNG, 11.2.1).</summary>
    private const byte Palette = 3;

    /// <summary>The colour type of an image whose pixels are red, green and blue.</summary>
    private const byte TrueColour = 2;

    /// <summary>The default rendering intent of sRGB images (PNG, 11.3.2.5).</summary>
    private const byte Perceptual = 0;

    /// <summary>The initial capacity in bytes, which is enough for common images.</summary>
    private const int Capacity = 640;

    /// <summary>Gets the signature of PNG files.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Writes an sRGB image.</summary>
    /// <param name="width">The number of pixels per side.</param>
    /// <param name="bitDepth">The number of bits of a palette index, or of each colour channel.</param>
    /// <param name="palette">The red, green and blue of each colour; empty if the pixels are red, green and blue.</param>
    /// <param name="writeRows">
    /// A function that writes the rows, each after its filter type. The rows are compressed as they are written (zlib, RFC 1950).
    /// </param>
    public static byte[] Write(int width, byte bitDepth, ReadOnlySpan<byte> palette, Action<Stream> writeRows)
    {
        using var file = new MemoryStream(Capacity);
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], width);
        header[8] = bitDepth;
        header[9] = palette.IsEmpty ? TrueColour : Palette;
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "sRGB"u8, [Perceptual]);
        if (!palette.IsEmpty)
        {
            WriteChunk(file, "PLTE"u8, palette);
        }

        var start = Begin(file, "IDAT"u8);
        using (var rows = new ZLibStream(file, CompressionLevel.Optimal, leaveOpen: true))
        {
            writeRows(rows);
        }

        End(file, start);
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var start = Begin(file, type);
        file.Write(data);
        End(file, start);
    }

    private static int Begin(MemoryStream file, ReadOnlySpan<byte> type)
    {
        var start = (int)file.Length;
        file.Write([0, 0, 0, 0]);
        file.Write(type);
        return start;
    }

    /// <summary>Completes a chunk. The length covers only the data; the checksum also covers the type.</summary>
    private static void End(MemoryStream file, int start)
    {
        var chunk = file.GetBuffer().AsSpan(start, (int)file.Length - start);
        BinaryPrimitives.WriteInt32BigEndian(chunk, chunk.Length - 8);
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(chunk[4..]));
        file.Write(checksum);
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace XQr.Rendering;

/// <summary>The frame of a square PNG file: signature, header and chunks (PNG, third edition, 5).</summary>
internal sealed class PngWriter : IDisposable
{
    /// <summary>The colour type of an image whose pixels are indexes into the chunk PLTE (PNG, 11.2.1).</summary>
    public const byte Palette = 3;

    /// <summary>The colour type of an image whose pixels are red, green and blue.</summary>
    public const byte TrueColour = 2;

    /// <summary>The rendering intent of an sRGB image that names none better (PNG, 11.3.2.5).</summary>
    public const byte Perceptual = 0;

    /// <summary>Holds common images whole, so that the buffer needn't grow.</summary>
    private const int Capacity = 640;

    private readonly MemoryStream file = new(Capacity);
    private int chunkStart;

    public PngWriter(int width, byte bitDepth, byte colourType)
    {
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], width);
        header[8] = bitDepth;
        header[9] = colourType;
        Write("IHDR"u8, header);
    }

    /// <summary>Writes a whole chunk.</summary>
    public void Write(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Begin(type);
        file.Write(data);
        End();
    }

    /// <summary>Starts a chunk whose data is compressed (zlib, RFC 1950). Dispose of the stream, then call <see cref="End"/>.</summary>
    public ZLibStream BeginCompressed(ReadOnlySpan<byte> type)
    {
        Begin(type);
        return new(file, CompressionLevel.Optimal, leaveOpen: true);
    }

    /// <summary>Completes a chunk: the length counts the data alone, the checksum also the type.</summary>
    public void End()
    {
        var chunk = file.GetBuffer().AsSpan(chunkStart, (int)file.Length - chunkStart);
        BinaryPrimitives.WriteInt32BigEndian(chunk, chunk.Length - 8);
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(chunk[4..]));
        file.Write(checksum);
    }

    public byte[] ToArray() => file.ToArray();

    public void Dispose() => file.Dispose();

    private void Begin(ReadOnlySpan<byte> type)
    {
        chunkStart = (int)file.Length;
        file.Write([0, 0, 0, 0]);
        file.Write(type);
    }
}

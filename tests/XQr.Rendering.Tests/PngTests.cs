using System.Buffers.Binary;
using System.Text;

namespace XQr.Rendering.Tests;

public sealed class PngTests
{
    [Fact]
    public void Png_HasOneBitPerPixelAndAPaletteOfTwoColours()
    {
        var chunks = Chunks(Render(new() { Foreground = new(1, 2, 3), Background = new(4, 5, 6) }));

        Assert.Equal(["IHDR", "sRGB", "PLTE", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal([0, 0, 1, 14, 0, 0, 1, 14, 1, 3, 0, 0, 0], chunks[0].Data);
        Assert.Equal([4, 5, 6, 1, 2, 3], chunks[2].Data);
    }

    [Fact]
    public void Png_IsSmall() => Assert.InRange(Render(QrDesign.Default).Length, 1, 440);

    [Fact]
    public void LargestPng_IsComplete()
    {
        var design = new QrDesign { ErrorCorrection = ErrorCorrection.L, QuietZone = QrDesign.MaxQuietZone };

        var chunks = Chunks(Samples.Render(new('x', 2_953), design, QrFormat.Png, QrRenderer.MaxModuleSize));

        Assert.Equal(10_450, BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data));
        Assert.Equal("IEND", chunks[^1].Type);
    }

    private static byte[] Render(QrDesign design) => PngRenderer.Render(Samples.Matrix(), design, 10);

    /// <summary>Returns the chunks, each of a length, a type, data and a checksum, after the 8 bytes of the signature.</summary>
    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }
}

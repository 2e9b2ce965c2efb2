using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SkiaSharp;
using XQr.Rendering.Logos;

namespace XQr.Rendering.Tests;

/// <summary>Raster logos, and files that are not logos.</summary>
public sealed class QrLogoTests
{
    public static TheoryData<string, string> OtherFiles => new()
    {
        { "", "must be a PNG, JPEG or SVG image" },
        { "GIF89a", "must be a PNG, JPEG or SVG image" },
        { "<html><body/></html>", "must be a PNG, JPEG or SVG image" },
        { "\u00ff\u00d8\u00ff", "must be an undamaged PNG or JPEG image" },
        { "\u0089PNG\r\n\u001a\n", "must be an undamaged PNG or JPEG image" },
    };

    [Theory, MemberData(nameof(OtherFiles))]
    public void OtherContent_IsRejected(string content, string error) => AssertRejected(Encoding.Latin1.GetBytes(content), error);

    [Fact]
    public void LogosOfTheSameBytes_AreEqual()
    {
        var (one, other) = (new QrLogo(QrLogoKind.Png, new byte[] { 1, 2 }), new QrLogo(QrLogoKind.Png, new byte[] { 1, 2 }));

        Assert.Equal(new QrDesign { Logo = one }, new QrDesign { Logo = other });
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, new QrLogo(QrLogoKind.Jpeg, one.Bytes));
        Assert.NotEqual(one, new QrLogo(QrLogoKind.Png, new byte[] { 1, 3 }));
    }

    [Theory]
    [InlineData(0.09)]
    [InlineData(0.41)]
    [InlineData(double.NaN)]
    public void LogoSizeOutsideItsRange_IsRejected(double size) => Assert.Throws<ArgumentOutOfRangeException>(() => new QrDesign { LogoSize = size });

    [Fact]
    public void FileOverTwoMebibytes_IsRejected() => AssertRejected(new byte[QrLogo.MaxBytes + 1], "must be at most 2 MiB");

    [Fact]
    public void LargePicture_IsReduced()
    {
        var logo = TestLogos.Read(TestLogos.Draw(1_600, 800, SKEncodedImageFormat.Png, canvas => canvas.Clear(SKColors.Teal)));

        using var kept = SKBitmap.Decode(logo.Bytes.Span);
        Assert.Equal((480, 240), (kept.Width, kept.Height));
        Assert.Equal(SKColors.Teal, kept.GetPixel(240, 120));
    }

    /// <summary>Both files are small and would decode to gigabytes.</summary>
    [Fact]
    public void PictureOfTooManyPixels_IsRejectedBeforeDecoding()
    {
        var png = TestLogos.Draw(8, 8, SKEncodedImageFormat.Png, canvas => canvas.Clear(SKColors.Teal));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.HashToUInt32(png.AsSpan(12, 17)));
        var jpeg = TestLogos.Draw(8, 8, SKEncodedImageFormat.Jpeg, canvas => canvas.Clear(SKColors.Teal));
        BinaryPrimitives.WriteUInt32BigEndian(jpeg.AsSpan(jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5), 0xEA60_EA60);

        AssertRejected(png, "must have at most 16 million pixels");
        AssertRejected(jpeg, "must have at most 16 million pixels");
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void TruncatedFile_IsRejected(SKEncodedImageFormat format)
    {
        var file = TestLogos.Draw(200, 200, format, canvas => canvas.DrawCircle(100, 100, 90, new() { Color = SKColors.Teal, IsAntialias = true }));

        AssertRejected(file[..(file.Length / 2)], "must be an undamaged PNG or JPEG image");
    }

    /// <summary>The pixels are red at the upper left. The orientation says to which corner they belong (Exif 2.32, tag 274).</summary>
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public void Photograph_IsStoredUpright_AndWithoutMetadata(byte orientation, int right, int bottom)
    {
        var jpeg = TestLogos.Draw(80, 40, SKEncodedImageFormat.Jpeg, canvas =>
        {
            canvas.Clear(SKColors.Blue);
            canvas.DrawRect(0, 0, 40, 20, new() { Color = SKColors.Red });
        });
        byte[] exif = [.. "Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0"u8, orientation, 0, 0, 0, 0, 0, 0];
        byte[] photograph = [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];

        var logo = TestLogos.Read(photograph);

        using var kept = SKBitmap.Decode(logo.Bytes.Span);
        Assert.Equal(orientation < 5 ? (80, 40) : (40, 80), (kept.Width, kept.Height));
        for (var x = 0; x < 2; x++)
        {
            for (var y = 0; y < 2; y++)
            {
                var pixel = kept.GetPixel((kept.Width / 4) + (x * kept.Width / 2), (kept.Height / 4) + (y * kept.Height / 2));
                Assert.Equal((x, y) == (right, bottom), pixel.Red > pixel.Blue);
            }
        }

        Assert.Equal(-1, logo.Bytes.Span.IndexOf("Exif"u8));
    }

    /// <summary>CMYK is converted to sRGB.</summary>
    [Fact]
    public void CmykJpeg_HasItsColours()
    {
        using var kept = SKBitmap.Decode(TestLogos.Read(File.ReadAllBytes(TestLogos.PathOf("cmyk.jpg"))).Bytes.Span);

        var (left, right) = (kept.GetPixel(10, 20), kept.GetPixel(50, 20));
        Assert.True(left.Blue > 200 && left.Red < 80, $"{left}");
        Assert.True(right.Red > 200 && right.Blue < 80, $"{right}");
    }

    [Theory]
    [InlineData("palette.png")]
    [InlineData("grey.png")]
    public void PngOfFewColours_IsRead(string name) => Assert.Equal(
        QrLogoKind.Png, TestLogos.Read(File.ReadAllBytes(TestLogos.PathOf(name))).Kind);

    [Fact]
    public void StoredLogo_IsReadUnchanged()
    {
        foreach (var logo in TestLogos.All.Where(logo => logo.Kind != QrLogoKind.Jpeg))
        {
            Assert.Equal(logo, TestLogos.Read(logo.Bytes.ToArray()));
        }
    }

    private static void AssertRejected(byte[] content, string expected)
    {
        Assert.Null(QrLogo.TryRead(content, out var error));
        Assert.Equal(expected, error);
    }
}

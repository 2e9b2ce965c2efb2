using SkiaSharp;

namespace XQr.Rendering.Logos;

/// <summary>
/// Normalizes PNG and JPEG files, so that every program shows the same picture: upright, in sRGB, no larger than required for print, and
/// without metadata such as the location of a photograph.
/// </summary>
internal static class RasterReader
{
    /// <summary>The maximum of the longer side in pixels: 4 cm at 300 dots per inch, for a code of 20 cm at the default logo size.</summary>
    private const int MaxSide = 480;

    /// <summary>The maximum number of pixels, which take 64 MiB of memory. A file of 2 MiB can decode to gigabytes.</summary>
    private const int MaxPixels = 16 * 1024 * 1024;

    private const int JpegQuality = 92;

    public static QrLogo? TryRead(ReadOnlyMemory<byte> content, QrLogoKind kind, out string? error)
    {
        using var data = SKData.CreateCopy(content.Span);
        using var codec = SKCodec.Create(data);
        error = codec switch
        {
            null => "must be an undamaged PNG or JPEG image",
            { Info: var info } when (long)info.Width * info.Height > MaxPixels => "must have at most 16 million pixels",
            _ => null,
        };
        if (codec is null || error is not null)
        {
            return null;
        }

        using var bitmap = Decode(codec);
        if (bitmap is null)
        {
            error = "must be an undamaged PNG or JPEG image";
            return null;
        }

        return new(kind, Write(bitmap, codec.EncodedOrigin, kind));
    }

    private static SKBitmap? Decode(SKCodec codec)
    {
        // A JPEG can be decoded at an eighth, a quarter, … of its size, which takes less memory.
        var size = codec.GetScaledDimensions(Math.Min(1f, (float)MaxSide / Math.Max(codec.Info.Width, codec.Info.Height)));
        size = Math.Max(size.Width, size.Height) < MaxSide ? codec.Info.Size : size;
        using var sRgb = SKColorSpace.CreateSrgb();
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, sRgb));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        return null;
    }

    private static byte[] Write(SKBitmap bitmap, SKEncodedOrigin origin, QrLogoKind kind)
    {
        var scale = Math.Min(1, (float)MaxSide / Math.Max(bitmap.Width, bitmap.Height));
        var (width, height) = (Scaled(bitmap.Width), Scaled(bitmap.Height));
        var turned = origin >= SKEncodedOrigin.LeftTop;
        using var sRgb = SKColorSpace.CreateSrgb();
        var alpha = kind == QrLogoKind.Jpeg ? SKAlphaType.Opaque : SKAlphaType.Premul;
        using var surface = SKSurface.Create(
            new SKImageInfo(turned ? height : width, turned ? width : height, SKColorType.Rgba8888, alpha, sRgb));
        surface.Canvas.Clear();
        surface.Canvas.Concat(Upright(origin, width, height));
        using var image = SKImage.FromBitmap(bitmap);
        surface.Canvas.DrawImage(image, SKRect.Create(width, height), RasterPicture.Smooth);
        using var pixels = surface.PeekPixels();
        using var file = kind == QrLogoKind.Jpeg
            ? pixels.Encode(new SKJpegEncoderOptions(JpegQuality))
            : pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 9));
        return file!.ToArray();

        int Scaled(int side) => Math.Max(1, (int)MathF.Round(side * scale));
    }

    /// <summary>
    /// Returns the transform from stored pixels to the upright picture; <paramref name="w"/> and <paramref name="h"/> are the stored width
    /// and height (Exif 2.32, tag 274).
    /// </summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int w, int h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}

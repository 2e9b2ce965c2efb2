using SkiaSharp;

namespace XQr.Rendering.Logos;

/// <summary>A raster logo.</summary>
internal sealed class RasterPicture : LogoPicture
{
    /// <summary>The sampling, which is smooth both for smaller and larger drawings.</summary>
    public static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    private readonly SKImage image;

    public RasterPicture(ReadOnlySpan<byte> file) => image = SKImage.FromEncodedData(file);

    protected override SKSize Size => new(image.Width, image.Height);

    public override void Dispose() => image.Dispose();

    protected override void DrawAt(SKCanvas canvas, SKRect place, CancellationToken cancellationToken) => canvas.DrawImage(image, place, Smooth);
}

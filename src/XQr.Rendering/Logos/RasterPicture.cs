using SkiaSharp;

namespace XQr.Rendering.Logos;

/// <summary>A logo of pixels.</summary>
internal sealed class RasterPicture : LogoPicture
{
    /// <summary>Smooth both where the logo is drawn smaller than it is and where it is drawn larger.</summary>
    public static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    private readonly SKImage image;

    public RasterPicture(ReadOnlySpan<byte> file) => image = SKImage.FromEncodedData(file);

    protected override SKSize Size => new(image.Width, image.Height);

    public override void Dispose() => image.Dispose();

    protected override void DrawAt(SKCanvas canvas, SKRect place, CancellationToken cancellationToken) => canvas.DrawImage(image, place, Smooth);
}

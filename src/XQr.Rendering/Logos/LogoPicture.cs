using SkiaSharp;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Logos;

/// <summary>Draws a logo with Skia.</summary>
internal abstract class LogoPicture : IDisposable
{
    protected abstract SKSize Size { get; }

    /// <summary>Creates the picture of a logo.</summary>
    public static LogoPicture Load(QrLogo logo) => logo.Kind == QrLogoKind.Svg
        ? new VectorPicture(logo.ReadVector())
        : new RasterPicture(logo.Bytes.Span);

    /// <summary>Draws the logo in the centre of a square, as large as possible.</summary>
    public void Draw(SKCanvas canvas, SKRect square, CancellationToken cancellationToken) =>
        DrawAt(canvas, square.AspectFit(Size), cancellationToken);

    public abstract void Dispose();

    protected abstract void DrawAt(SKCanvas canvas, SKRect place, CancellationToken cancellationToken);
}

/// <summary>Draws a raster logo.</summary>
internal sealed class RasterPicture(ReadOnlySpan<byte> file) : LogoPicture
{
    /// <summary>The sampling, which is smooth for both smaller and larger drawings.</summary>
    public static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    private readonly SKImage image = SKImage.FromEncodedData(file);

    protected override SKSize Size => new(image.Width, image.Height);

    public override void Dispose() => image.Dispose();

    protected override void DrawAt(SKCanvas canvas, SKRect place, CancellationToken cancellationToken) => canvas.DrawImage(image, place, Smooth);
}

using SkiaSharp;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Logos;

/// <summary>A logo that Skia can draw.</summary>
internal abstract class LogoPicture : IDisposable
{
    protected abstract SKSize Size { get; }

    public static LogoPicture Load(QrLogo logo) => logo.Kind == QrLogoKind.Svg
        ? new VectorPicture(logo.ReadVector())
        : new RasterPicture(logo.Bytes.Span);

    /// <summary>Draws the logo in the middle of a square, as large as it fits.</summary>
    public void Draw(SKCanvas canvas, SKRect square, CancellationToken cancellationToken) =>
        DrawAt(canvas, square.AspectFit(Size), cancellationToken);

    public abstract void Dispose();

    protected abstract void DrawAt(SKCanvas canvas, SKRect place, CancellationToken cancellationToken);
}

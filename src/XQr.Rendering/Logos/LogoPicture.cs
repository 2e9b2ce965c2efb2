using SkiaSharp;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Logos;

/// <summary>A logo ready to be drawn by Skia.</summary>
internal abstract class LogoPicture : IDisposable
{
    protected abstract SKSize Size { get; }

    public static LogoPicture Load(QrLogo logo) => logo.Kind == QrLogoKind.Svg
        ? new VectorPicture(logo.ReadVector())
        : new RasterPicture(logo.Bytes.Span);

    /// <summary>Draws it as large as it fits, in the middle of a square.</summary>
    public void Draw(SKCanvas canvas, SKRect square, CancellationToken cancellationToken) =>
        DrawAt(canvas, square.AspectFit(Size), cancellationToken);

    public abstract void Dispose();

    protected abstract void DrawAt(SKCanvas canvas, SKRect place, CancellationToken cancellationToken);
}

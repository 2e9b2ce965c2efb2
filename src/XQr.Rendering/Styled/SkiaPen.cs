using SkiaSharp;
using XQr.Rendering.Shapes;

namespace XQr.Rendering.Styled;

/// <summary>Builds a Skia path from outlines. The unit is a module.</summary>
internal sealed class SkiaPen : IPen, IDisposable
{
    private readonly SKPathBuilder builder = new() { FillType = SKPathFillType.EvenOdd };

    public void Move(int x, int y) => builder.MoveTo(Modules(x), Modules(y));

    public void Line(int x, int y) => builder.LineTo(Modules(x), Modules(y));

    public void Arc(int radius, int x, int y) => builder.ArcTo(
        Modules(radius), Modules(radius), 0, SKPathArcSize.Small, SKPathDirection.Clockwise, Modules(x), Modules(y));

    public void Close() => builder.Close();

    public SKPath ToPath() => builder.Detach();

    public void Dispose() => builder.Dispose();

    private static float Modules(int hundredths) => hundredths / 100f;
}

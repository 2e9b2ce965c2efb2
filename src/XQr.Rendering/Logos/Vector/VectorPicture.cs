using System.Numerics;
using SkiaSharp;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Draws a logo of shapes with Skia.</summary>
internal sealed class VectorPicture(VectorLogo logo) : LogoPicture
{
    protected override SKSize Size => new((float)logo.View.Width, (float)logo.View.Height);

    /// <summary>Whether all path data makes sense.</summary>
    public static bool CanDraw(VectorLogo logo) =>
        logo.Shapes.Select(shape => shape.Path).Concat(logo.Shapes.SelectMany(shape => shape.Clips).SelectMany(clip => clip.Parts).Select(part => part.Path))
            .Distinct()
            .All(CanDraw);

    public override void Dispose()
    {
    }

    protected override void DrawAt(SKCanvas canvas, SKRect place)
    {
        canvas.Save();
        canvas.ClipRect(place, antialias: true);
        canvas.Translate(place.Left, place.Top);
        canvas.Scale(place.Width / Size.Width, place.Height / Size.Height);
        canvas.Translate(-(float)logo.View.X, -(float)logo.View.Y);
        foreach (var shape in logo.Shapes)
        {
            canvas.Save();
            foreach (var clip in shape.Clips)
            {
                using var area = AreaOf(clip);
                canvas.ClipPath(area, antialias: true);
            }

            canvas.Concat(ToSkia(shape.Transform));
            Draw(canvas, shape);
            canvas.Restore();
        }

        canvas.Restore();
    }

    private static bool CanDraw(string text)
    {
        using var path = SKPath.ParseSvgPathData(text);
        return path is not null;
    }

    private static void Draw(SKCanvas canvas, VectorShape shape)
    {
        using var path = PathOf(shape.Path, shape.EvenOdd);
        if (shape.Fill is { } fill)
        {
            using var paint = PaintOf(fill, path);
            canvas.DrawPath(path, paint);
        }

        if (shape.Stroke is { } stroke)
        {
            using var paint = PaintOf(stroke.Paint, path);
            paint.Style = SKPaintStyle.Stroke;
            paint.StrokeWidth = (float)stroke.Width;
            paint.StrokeMiter = (float)stroke.MiterLimit;
            paint.StrokeCap = stroke.Cap switch
            {
                VectorCap.Round => SKStrokeCap.Round,
                VectorCap.Square => SKStrokeCap.Square,
                _ => SKStrokeCap.Butt,
            };
            paint.StrokeJoin = stroke.Join switch
            {
                VectorJoin.Round => SKStrokeJoin.Round,
                VectorJoin.Bevel => SKStrokeJoin.Bevel,
                _ => SKStrokeJoin.Miter,
            };
            canvas.DrawPath(path, paint);
        }
    }

    private static SKPath PathOf(string text, bool evenOdd)
    {
        var path = SKPath.ParseSvgPathData(text);
        path.FillType = evenOdd ? SKPathFillType.EvenOdd : SKPathFillType.Winding;
        return path;
    }

    private static SKPath AreaOf(VectorClip clip)
    {
        var area = new SKPath();
        foreach (var part in clip.Parts)
        {
            using var path = PathOf(part.Path, part.EvenOdd);
            path.Transform(ToSkia(part.Transform));
            (var before, area) = (area, area.Op(path, SKPathOp.Union));
            before.Dispose();
        }

        return area;
    }

    private static SKPaint PaintOf(VectorPaint paint, SKPath path)
    {
        var opacity = (byte)Math.Round(paint.Opacity * byte.MaxValue);
        if (paint.Gradient is not { } gradient)
        {
            return new() { IsAntialias = true, Color = ToSkia(paint.Colour, opacity) };
        }

        using var shader = ShaderOf(gradient, path.TightBounds);
        return new() { IsAntialias = true, Color = SKColors.Black.WithAlpha(opacity), Shader = shader };
    }

    private static SKShader ShaderOf(VectorGradient gradient, SKRect box)
    {
        SKColor[] colours = [.. gradient.Stops.Select(stop => ToSkia(stop.Colour, (byte)Math.Round(stop.Opacity * byte.MaxValue)))];
        float[] offsets = [.. gradient.Stops.Select(stop => (float)stop.Offset)];
        float[] p = [.. gradient.Points.Select(point => (float)point)];
        var spread = gradient.Spread switch
        {
            VectorSpread.Reflect => SKShaderTileMode.Mirror,
            VectorSpread.Repeat => SKShaderTileMode.Repeat,
            _ => SKShaderTileMode.Clamp,
        };
        var matrix = ToSkia(gradient.OfBox
            ? gradient.Transform * Matrix3x2.CreateScale(box.Width, box.Height) * Matrix3x2.CreateTranslation(box.Left, box.Top)
            : gradient.Transform);
        return gradient.IsRadial
            ? SKShader.CreateTwoPointConicalGradient(new(p[3], p[4]), 0, new(p[0], p[1]), p[2], colours, offsets, spread, matrix)
            : SKShader.CreateLinearGradient(new(p[0], p[1]), new(p[2], p[3]), colours, offsets, spread, matrix);
    }

    private static SKColor ToSkia(Rgb colour, byte opacity) => new(colour.Red, colour.Green, colour.Blue, opacity);

    private static SKMatrix ToSkia(Matrix3x2 m) => new(m.M11, m.M21, m.M31, m.M12, m.M22, m.M32, 0, 0, 1);
}

using System.Numerics;
using SkiaSharp;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Converts paints and transforms to those of Skia.</summary>
internal static class VectorPaints
{
    /// <summary>The paint of a layer that masks the layer below.</summary>
    public static readonly SKPaint Mask = new() { BlendMode = SKBlendMode.DstIn };

    /// <summary>The paint of the parts of a mask.</summary>
    public static readonly SKPaint MaskFill = new() { IsAntialias = true, Color = SKColors.Black };

    /// <summary>Creates the paint of a stroke.</summary>
    public static SKPaint Create(VectorStroke stroke, SKPath path)
    {
        var paint = Create(stroke.Paint, path);
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
        return paint;
    }

    /// <summary>Creates the paint of a fill.</summary>
    public static SKPaint Create(VectorPaint paint, SKPath path)
    {
        var opacity = (byte)Math.Round(paint.Opacity * byte.MaxValue);
        if (paint.Gradient is not { } gradient)
        {
            return new() { IsAntialias = true, Color = ToSkia(paint.Colour, opacity) };
        }

        using var shader = ShaderOf(gradient, path.TightBounds);
        return new() { IsAntialias = true, Color = SKColors.Black.WithAlpha(opacity), Shader = shader };
    }

    /// <summary>Converts a transform.</summary>
    public static SKMatrix ToSkia(Matrix3x2 m) => new(m.M11, m.M21, m.M31, m.M12, m.M22, m.M32, 0, 0, 1);

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
}

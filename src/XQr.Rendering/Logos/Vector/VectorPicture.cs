using SkiaSharp;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Draws a vector logo with Skia. Paths and paints are created once, because an image is drawn in bands.</summary>
internal sealed class VectorPicture : LogoPicture
{
    private static readonly SKPath EmptyPath = new();

    private readonly VectorView view;
    private readonly List<Shape> shapes = [];
    private readonly Dictionary<VectorClip, Clip> clips = new(ReferenceEqualityComparer.Instance);

    public VectorPicture(VectorLogo logo)
    {
        view = logo.View;
        foreach (var shape in logo.Shapes)
        {
            var (path, transform) = (PathOf(shape.Path, shape.EvenOdd), VectorPaints.ToSkia(shape.Transform));
            shapes.Add(new(
                path,
                transform,
                BoundsOf(path, transform, shape.Stroke),
                shape.Fill is { } fill ? VectorPaints.Create(fill, path) : null,
                shape.Stroke is { } stroke ? VectorPaints.Create(stroke, path) : null,
                [.. shape.Clips.Select(ClipOf)]));
        }
    }

    protected override SKSize Size => new((float)view.Width, (float)view.Height);

    public override void Dispose()
    {
        foreach (var shape in shapes)
        {
            shape.Path.Dispose();
            shape.Fill?.Dispose();
            shape.Stroke?.Dispose();
        }

        foreach (var path in clips.Values.SelectMany(clip => clip.Parts))
        {
            path.Dispose();
        }
    }

    protected override void DrawAt(SKCanvas canvas, SKRect place, CancellationToken cancellationToken)
    {
        canvas.Save();
        canvas.ClipRect(place, antialias: true);
        canvas.Translate(place.Left, place.Top);
        canvas.Scale(place.Width / Size.Width, place.Height / Size.Height);
        canvas.Translate(-(float)view.X, -(float)view.Y);
        foreach (var shape in shapes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Draw(canvas, shape);
        }

        canvas.Restore();
    }

    private static void Draw(SKCanvas canvas, Shape shape)
    {
        var depth = canvas.Save();
        var masks = new List<Clip>();
        foreach (var clip in shape.Clips)
        {
            if (clip.Parts.Count > 1)
            {
                masks.Add(clip);
                canvas.SaveLayer(shape.Bounds, null);
            }
            else
            {
                canvas.ClipPath(clip.Parts.FirstOrDefault() ?? EmptyPath, antialias: true);
            }
        }

        canvas.Save();
        canvas.Concat(shape.Transform);
        foreach (var paint in (ReadOnlySpan<SKPaint?>)[shape.Fill, shape.Stroke])
        {
            if (paint is not null)
            {
                canvas.DrawPath(shape.Path, paint);
            }
        }

        canvas.Restore();
        masks.ForEach(mask => ApplyMask(canvas, mask));
        canvas.RestoreToCount(depth);
    }

    /// <summary>
    /// Ends a layer and masks it with the parts of a clip path. The time to compute their union as a path would grow with the square of the
    /// crossings.
    /// </summary>
    private static void ApplyMask(SKCanvas canvas, Clip clip)
    {
        canvas.SaveLayer(VectorPaints.Mask);
        clip.Parts.ForEach(part => canvas.DrawPath(part, VectorPaints.MaskFill));
        canvas.Restore();
        canvas.Restore();
    }

    private Clip ClipOf(VectorClip clip)
    {
        if (!clips.TryGetValue(clip, out var known))
        {
            clips[clip] = known = new([]);
            foreach (var part in clip.Parts)
            {
                var path = PathOf(part.Path, part.EvenOdd);
                path.Transform(VectorPaints.ToSkia(part.Transform));
                known.Parts.Add(path);
            }
        }

        return known;
    }

    private static SKPath PathOf(string text, bool evenOdd)
    {
        var path = SKPath.ParseSvgPathData(text);
        path.FillType = evenOdd ? SKPathFillType.EvenOdd : SKPathFillType.Winding;
        return path;
    }

    /// <summary>Returns the bounds of a shape, in units of the logo.</summary>
    private static SKRect BoundsOf(SKPath path, SKMatrix transform, VectorStroke? stroke)
    {
        var bounds = path.Bounds;
        if (stroke is not null)
        {
            var reach = (float)(stroke.Width * Math.Max(stroke.MiterLimit, 2));
            bounds.Inflate(reach, reach);
        }

        return transform.MapRect(bounds);
    }

    private sealed record Shape(SKPath Path, SKMatrix Transform, SKRect Bounds, SKPaint? Fill, SKPaint? Stroke, IReadOnlyList<Clip> Clips);

    private sealed record Clip(List<SKPath> Parts);
}

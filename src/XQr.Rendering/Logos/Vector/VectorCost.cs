using SkiaSharp;

namespace XQr.Rendering.Logos.Vector;

/// <summary>
/// Estimates the cost of drawing a logo, roughly in milliseconds for the largest logo of the largest image, 3,500 pixels per side. Skia
/// processes a shape row by row along the edges that cross the row, so the average number of edges per row matters more than the number of
/// edges. Crossing edges add a cost for each pair, and a clip is processed for each shape in it.
/// </summary>
internal sealed class VectorCost
{
    /// <summary>The maximum cost of a logo. The cost of a drawing with thousands of shapes is some hundreds.</summary>
    public const double Max = 3_000;

    private const double PerEdge = 0.001;
    private const double PerCrossing = 0.03;
    private const double PerPair = 2e-6;
    private const double PerArea = 3.5;

    /// <summary>The cost factors of gradients, which are computed for each pixel.</summary>
    private const double LinearFactor = 40;
    private const double RadialFactor = 70;
    private const double PerStop = 0.02;

    /// <summary>The approximate number of edges of a curve.</summary>
    private const int EdgesPerCurve = 4;

    /// <summary>The number of edges of a stroke, which has two sides and a join or cap at each point.</summary>
    private const int EdgesPerStroke = 8;

    /// <summary>The cost factor of a layer, which is cleared, drawn and composited.</summary>
    private const double LayerFactor = 36;

    private readonly VectorView view;
    private readonly Dictionary<VectorClip, Outline?> clips = new(ReferenceEqualityComparer.Instance);

    private VectorCost(VectorView view) => this.view = view;

    /// <summary>Estimates the cost of a logo.</summary>
    /// <returns>The estimate, or null if path data is invalid.</returns>
    public static double? Estimate(VectorLogo logo)
    {
        var estimator = new VectorCost(logo.View);
        var sum = 0.0;
        foreach (var shape in logo.Shapes)
        {
            if (estimator.CostOf(shape) is not { } cost)
            {
                return null;
            }

            sum += cost;
        }

        return sum;
    }

    private double? CostOf(VectorShape shape)
    {
        if (Measure(shape.Path, VectorPaints.ToSkia(shape.Transform)) is not { } outline)
        {
            return null;
        }

        var (edges, layers) = (0.0, 0.0);
        foreach (var clip in shape.Clips)
        {
            if (OutlineOf(clip) is not { } area)
            {
                return null;
            }

            edges += area.Edges;
            outline = outline with { Crossings = outline.Crossings + area.Crossings };
            layers += clip.Parts.Count > 1 ? LayerFactor : 0;
        }

        outline = outline with { Edges = outline.Edges + edges };
        var stroke = shape.Stroke is { } line ? StrokeOf(outline, line, shape) : default;
        return CostOf(outline, shape.Fill) + CostOf(stroke, shape.Stroke?.Paint)
            + (layers * PerArea * Math.Max(outline.Area, stroke.Area));
    }

    private Outline? OutlineOf(VectorClip clip)
    {
        if (clips.TryGetValue(clip, out var known))
        {
            return known;
        }

        Outline? sum = default(Outline);
        foreach (var part in clip.Parts)
        {
            sum = Measure(part.Path, VectorPaints.ToSkia(part.Transform)) is { } outline && sum is { } before
                ? new(before.Edges + outline.Edges, before.Crossings + outline.Crossings, 0, 0)
                : null;
        }

        return clips[clip] = sum;
    }

    /// <summary>Returns the outline of a stroke, which extends by half its width, and further at sharp corners.</summary>
    private Outline StrokeOf(Outline outline, VectorStroke stroke, VectorShape shape)
    {
        var m = shape.Transform;
        var scale = Math.Sqrt((m.M11 * m.M11) + (m.M12 * m.M12) + (m.M21 * m.M21) + (m.M22 * m.M22));
        var width = stroke.Width * scale;
        var reach = Math.Min(1, width * (stroke.Join == VectorJoin.Miter ? stroke.MiterLimit : 1) / view.Height);
        return new(
            outline.Edges * EdgesPerStroke,
            (2 * outline.Crossings) + (2 * outline.Edges * reach),
            Math.Min(1, outline.Width + (reach * view.Height / view.Width)),
            Math.Min(1, outline.Height + reach));
    }

    private static double CostOf(Outline outline, VectorPaint? paint)
    {
        if (paint is null)
        {
            return 0;
        }

        var factor = paint.Gradient switch
        {
            null => 1,
            { IsRadial: true, Stops: var stops } => RadialFactor + (PerStop * stops.Count),
            { Stops: var stops } => LinearFactor + (PerStop * stops.Count),
        };
        return (PerEdge * outline.Edges) + (PerCrossing * outline.Crossings) + (PerPair * outline.Crossings * outline.Crossings)
            + (PerArea * outline.Area * factor);
    }

    private Outline? Measure(string text, SKMatrix transform)
    {
        using var path = SKPath.ParseSvgPathData(text);
        if (path is null)
        {
            return null;
        }

        path.Transform(transform);
        var (edges, travel, start, last) = (0, 0.0, 0.0, 0.0);
        using var segments = path.CreateRawIterator();
        Span<SKPoint> points = stackalloc SKPoint[4];
        for (var verb = segments.Next(points); verb != SKPathVerb.Done; verb = segments.Next(points))
        {
            switch (verb)
            {
                case SKPathVerb.Move:
                    travel += Math.Abs(last - start);
                    start = last = ClampedY(points[0]);
                    break;
                case SKPathVerb.Line:
                    Go(points[1], 1);
                    break;
                case SKPathVerb.Quad or SKPathVerb.Conic:
                    Go(points[1], EdgesPerCurve);
                    Go(points[2], 0);
                    break;
                case SKPathVerb.Cubic:
                    Go(points[1], EdgesPerCurve);
                    Go(points[2], 0);
                    Go(points[3], 0);
                    break;
                case SKPathVerb.Close:
                    travel += Math.Abs(last - start);
                    last = start;
                    break;
            }
        }

        var bounds = path.Bounds;
        return new(
            edges,
            (travel + Math.Abs(last - start)) / view.Height,
            Share(bounds.Left, bounds.Right, view.X, view.Width),
            Share(bounds.Top, bounds.Bottom, view.Y, view.Height));

        void Go(SKPoint point, int count)
        {
            var y = ClampedY(point);
            travel += Math.Abs(y - last);
            last = y;
            edges += count;
        }
    }

    /// <summary>Returns the height of a point, limited to the view, because rows outside the view are not drawn.</summary>
    private double ClampedY(SKPoint point) => float.IsFinite(point.Y) ? Math.Clamp(point.Y, view.Y, view.Y + view.Height) : view.Y;

    /// <summary>Returns the share of a side of the view that the bounds cover.</summary>
    private static double Share(double from, double to, double start, double length) =>
        Math.Max(0, Math.Min(to, start + length) - Math.Max(from, start)) / length;

    /// <summary>Represents the edges of an outline, their average number per row, and the shares of the view's sides that it covers.</summary>
    private readonly record struct Outline(double Edges, double Crossings, double Width, double Height)
    {
        public double Area => Width * Height;
    }
}

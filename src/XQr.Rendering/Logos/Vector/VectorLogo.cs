using System.Numerics;

namespace XQr.Rendering.Logos.Vector;

/// <summary>
/// The drawing of an SVG logo. Both formats are created from it, so they agree. It cannot represent text, scripts and URLs, so none can
/// pass through.
/// </summary>
/// <param name="View">The visible part of the plane.</param>
/// <param name="Shapes">The shapes from bottom to top.</param>
internal sealed record VectorLogo(VectorView View, IReadOnlyList<VectorShape> Shapes);

/// <summary>A rectangle of the plane.</summary>
internal readonly record struct VectorView(double X, double Y, double Width, double Height);

/// <summary>An outline with its fill and stroke.</summary>
/// <param name="Path">The SVG path data.</param>
/// <param name="Transform">The transform from its own units to the logo's.</param>
/// <param name="EvenOdd">Whether the even-odd rule applies.</param>
/// <param name="Fill">The paint; null for none.</param>
/// <param name="Stroke">The paint; null for none.</param>
/// <param name="Clips">The clips, all of which apply.</param>
internal sealed record VectorShape(
    string Path, Matrix3x2 Transform, bool EvenOdd, VectorPaint? Fill, VectorStroke? Stroke, IReadOnlyList<VectorClip> Clips);

/// <summary>An area of several outlines.</summary>
internal sealed record VectorClip(IReadOnlyList<VectorClipPart> Parts);

/// <summary>An outline of an area.</summary>
internal sealed record VectorClipPart(string Path, Matrix3x2 Transform, bool EvenOdd);

/// <summary>A stroke along an outline.</summary>
internal sealed record VectorStroke(VectorPaint Paint, double Width, VectorCap Cap, VectorJoin Join, double MiterLimit);

/// <summary>The shape of line ends.</summary>
internal enum VectorCap
{
    Butt,
    Round,
    Square,
}

/// <summary>The shape of line joins.</summary>
internal enum VectorJoin
{
    Miter,
    Round,
    Bevel,
}

/// <summary>A colour or a gradient.</summary>
/// <param name="Colour">The colour if there is no gradient.</param>
/// <param name="Opacity">0 to 1.</param>
/// <param name="Gradient">The gradient, or null.</param>
internal sealed record VectorPaint(Rgb Colour, double Opacity, VectorGradient? Gradient = null);

/// <summary>Colours along a line, or from a point outwards.</summary>
/// <param name="IsRadial">Whether the gradient is radial.</param>
/// <param name="Points">x1, y1, x2, y2, or cx, cy, r, fx, fy.</param>
/// <param name="OfBox">Whether the points are shares of the box around a shape.</param>
/// <param name="Transform">The transform from its own units.</param>
/// <param name="Spread">The spread method beyond its ends.</param>
/// <param name="Stops">At least one, in order.</param>
internal sealed record VectorGradient(
    bool IsRadial, double[] Points, bool OfBox, Matrix3x2 Transform, VectorSpread Spread, IReadOnlyList<VectorStop> Stops);

/// <summary>The spread method beyond the ends of a gradient.</summary>
internal enum VectorSpread
{
    Pad,
    Reflect,
    Repeat,
}

/// <summary>A colour at a position of a gradient, 0 to 1.</summary>
internal readonly record struct VectorStop(double Offset, Rgb Colour, double Opacity);

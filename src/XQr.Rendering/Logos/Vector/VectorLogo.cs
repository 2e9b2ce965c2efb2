using System.Numerics;

namespace XQr.Rendering.Logos.Vector;

/// <summary>
/// Represents the drawing of an SVG logo. Both formats are created from it, so they are the same. It cannot represent text, scripts and
/// URLs, so none of them reach an image.
/// </summary>
/// <param name="View">The visible part of the plane.</param>
/// <param name="Shapes">The shapes from bottom to top.</param>
internal sealed record VectorLogo(VectorView View, IReadOnlyList<VectorShape> Shapes);

/// <summary>Represents a rectangle of the plane.</summary>
internal readonly record struct VectorView(double X, double Y, double Width, double Height);

/// <summary>Represents an outline with its fill and stroke.</summary>
/// <param name="Path">The SVG path data.</param>
/// <param name="Transform">The transform from units of the shape to units of the logo.</param>
/// <param name="EvenOdd">True if the even-odd rule applies.</param>
/// <param name="Fill">The paint of the fill, or null.</param>
/// <param name="Stroke">The stroke, or null.</param>
/// <param name="Clips">The clips, all of which apply.</param>
internal sealed record VectorShape(
    string Path, Matrix3x2 Transform, bool EvenOdd, VectorPaint? Fill, VectorStroke? Stroke, IReadOnlyList<VectorClip> Clips);

/// <summary>Represents a clip path: the union of its parts.</summary>
internal sealed record VectorClip(IReadOnlyList<VectorClipPart> Parts);

/// <summary>Represents an outline of a clip path.</summary>
internal sealed record VectorClipPart(string Path, Matrix3x2 Transform, bool EvenOdd);

/// <summary>Represents a stroke along an outline.</summary>
internal sealed record VectorStroke(VectorPaint Paint, double Width, VectorCap Cap, VectorJoin Join, double MiterLimit);

/// <summary>Specifies the shape of line ends.</summary>
internal enum VectorCap
{
    Butt,
    Round,
    Square,
}

/// <summary>Specifies the shape of line joins.</summary>
internal enum VectorJoin
{
    Miter,
    Round,
    Bevel,
}

/// <summary>Represents a colour or a gradient.</summary>
/// <param name="Colour">The colour if there is no gradient.</param>
/// <param name="Opacity">The opacity, 0 to 1.</param>
/// <param name="Gradient">The gradient, or null.</param>
internal sealed record VectorPaint(Rgb Colour, double Opacity, VectorGradient? Gradient = null);

/// <summary>Represents a linear or radial gradient.</summary>
/// <param name="IsRadial">True if the gradient is radial.</param>
/// <param name="Points">The geometry: x1, y1, x2, y2, or cx, cy, r, fx, fy.</param>
/// <param name="OfBox">True if the points are relative to the bounding box of the shape.</param>
/// <param name="Transform">The transform from units of the gradient.</param>
/// <param name="Spread">The spread method beyond its ends.</param>
/// <param name="Stops">At least one stop, in order.</param>
internal sealed record VectorGradient(
    bool IsRadial, double[] Points, bool OfBox, Matrix3x2 Transform, VectorSpread Spread, IReadOnlyList<VectorStop> Stops);

/// <summary>Specifies the spread method beyond the ends of a gradient.</summary>
internal enum VectorSpread
{
    Pad,
    Reflect,
    Repeat,
}

/// <summary>Represents a colour at a position of a gradient, 0 to 1.</summary>
internal readonly record struct VectorStop(double Offset, Rgb Colour, double Opacity);

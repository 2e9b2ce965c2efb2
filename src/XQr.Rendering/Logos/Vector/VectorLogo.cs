using System.Numerics;

namespace XQr.Rendering.Logos.Vector;

/// <summary>
/// What an SVG logo draws, and nothing else of it. Both formats are made of this, so they agree, and since text, scripts and addresses have
/// no place in it none can get through.
/// </summary>
/// <param name="View">The part of the plane that is seen.</param>
/// <param name="Shapes">From the lowest to the uppermost.</param>
internal sealed record VectorLogo(VectorView View, IReadOnlyList<VectorShape> Shapes);

/// <summary>A rectangle of the plane.</summary>
internal readonly record struct VectorView(double X, double Y, double Width, double Height);

/// <summary>An outline with what fills and surrounds it.</summary>
/// <param name="Path">Where it goes, of SVG's commands and numbers.</param>
/// <param name="Transform">From its own units to the logo's.</param>
/// <param name="EvenOdd">Whether overlaps are holes.</param>
/// <param name="Fill">Null for none.</param>
/// <param name="Stroke">Null for none.</param>
/// <param name="Clips">It is seen where it is inside of each of these.</param>
internal sealed record VectorShape(
    string Path, Matrix3x2 Transform, bool EvenOdd, VectorPaint? Fill, VectorStroke? Stroke, IReadOnlyList<VectorClip> Clips);

/// <summary>An area of several outlines.</summary>
internal sealed record VectorClip(IReadOnlyList<VectorClipPart> Parts);

/// <summary>An outline of an area.</summary>
internal sealed record VectorClipPart(string Path, Matrix3x2 Transform, bool EvenOdd);

/// <summary>A line along an outline.</summary>
internal sealed record VectorStroke(VectorPaint Paint, double Width, VectorCap Cap, VectorJoin Join, double MiterLimit);

/// <summary>How a line ends.</summary>
internal enum VectorCap
{
    Butt,
    Round,
    Square,
}

/// <summary>How a line turns.</summary>
internal enum VectorJoin
{
    Miter,
    Round,
    Bevel,
}

/// <summary>A colour, or colours that go over into each other.</summary>
/// <param name="Colour">The colour, where there is no gradient.</param>
/// <param name="Opacity">0 to 1.</param>
/// <param name="Gradient">The gradient, or null.</param>
internal sealed record VectorPaint(Rgb Colour, double Opacity, VectorGradient? Gradient = null);

/// <summary>Colours along a line, or from a point outwards.</summary>
/// <param name="IsRadial">Which of both.</param>
/// <param name="Points">x1, y1, x2, y2, or cx, cy, r, fx, fy.</param>
/// <param name="OfBox">Whether the points are shares of the box around a shape.</param>
/// <param name="Transform">From its own units.</param>
/// <param name="Spread">What comes beyond its ends.</param>
/// <param name="Stops">At least one, in order.</param>
internal sealed record VectorGradient(
    bool IsRadial, double[] Points, bool OfBox, Matrix3x2 Transform, VectorSpread Spread, IReadOnlyList<VectorStop> Stops);

/// <summary>What comes beyond a gradient's ends.</summary>
internal enum VectorSpread
{
    Pad,
    Reflect,
    Repeat,
}

/// <summary>A colour at a place of a gradient, 0 to 1.</summary>
internal readonly record struct VectorStop(double Offset, Rgb Colour, double Opacity);

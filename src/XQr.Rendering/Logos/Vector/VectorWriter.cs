using System.Globalization;
using System.Numerics;
using System.Text;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Writes a logo as SVG. All texts are constants, numbers, colours and path data, so nothing needs escaping.</summary>
internal sealed class VectorWriter
{
    private readonly string prefix;
    private readonly StringBuilder output = new();
    private readonly Dictionary<object, string> ids = new(ReferenceEqualityComparer.Instance);

    private VectorWriter(string prefix) => this.prefix = prefix;

    /// <summary>Returns a logo as an element <c>svg</c>.</summary>
    /// <param name="logo">The logo.</param>
    /// <param name="prefix">The prefix of ids, which must be unique among the images of a page.</param>
    /// <param name="attributes">The attributes in addition to <c>viewBox</c>.</param>
    public static string Write(VectorLogo logo, string prefix, string attributes)
    {
        var (writer, view) = (new VectorWriter(prefix), logo.View);
        writer.Append($"<svg {attributes} viewBox=\"{view.X} {view.Y} {view.Width} {view.Height}\">");
        foreach (var shape in logo.Shapes)
        {
            writer.Write(shape);
        }

        return writer.output.Append("</svg>").ToString();
    }

    private void Write(VectorShape shape)
    {
        List<string> clips = [.. shape.Clips.Select(IdOf)];
        var fill = PaintOf("fill", shape.Fill);
        var stroke = shape.Stroke is { } line ? StrokeOf(line) : "";
        foreach (var clip in clips)
        {
            Append($"<g clip-path=\"url(#{clip})\">");
        }

        var rule = shape.EvenOdd ? " fill-rule=\"evenodd\"" : "";
        Append($"<path{fill}{stroke}{rule}{TransformOf("transform", shape.Transform)} d=\"{shape.Path}\"/>");
        clips.ForEach(_ => output.Append("</g>"));
    }

    private string StrokeOf(VectorStroke stroke)
    {
        var cap = stroke.Cap == VectorCap.Butt ? "" : $" stroke-linecap=\"{Word(stroke.Cap)}\"";
        var join = stroke.Join == VectorJoin.Miter ? "" : $" stroke-linejoin=\"{Word(stroke.Join)}\"";
        return PaintOf("stroke", stroke.Paint)
            + Text($" stroke-width=\"{stroke.Width}\"{cap}{join}")
            + (stroke.MiterLimit == 4 ? "" : Text($" stroke-miterlimit=\"{stroke.MiterLimit}\""));
    }

    private string PaintOf(string name, VectorPaint? paint) => paint is null
        ? $" {name}=\"none\""
        : $" {name}=\"{(paint.Gradient is { } gradient ? $"url(#{IdOf(gradient)})" : paint.Colour)}\""
            + OpacityOf($"{name}-opacity", paint.Opacity);

    private string IdOf(VectorClip clip)
    {
        if (IsNew(clip, out var id))
        {
            Append($"<clipPath id=\"{id}\">");
            foreach (var part in clip.Parts)
            {
                Append($"<path{(part.EvenOdd ? " clip-rule=\"evenodd\"" : "")}{TransformOf("transform", part.Transform)} d=\"{part.Path}\"/>");
            }

            output.Append("</clipPath>");
        }

        return id;
    }

    private string IdOf(VectorGradient gradient)
    {
        if (IsNew(gradient, out var id))
        {
            var (element, names) = gradient.IsRadial
                ? ("radialGradient", (string[])["cx", "cy", "r", "fx", "fy"])
                : ("linearGradient", ["x1", "y1", "x2", "y2"]);
            var points = string.Concat(names.Zip(gradient.Points, (name, value) => Text($" {name}=\"{value}\"")));
            var units = gradient.OfBox ? "" : " gradientUnits=\"userSpaceOnUse\"";
            var spread = gradient.Spread == VectorSpread.Pad ? "" : $" spreadMethod=\"{Word(gradient.Spread)}\"";
            Append($"<{element} id=\"{id}\"{points}{units}{TransformOf("gradientTransform", gradient.Transform)}{spread}>");
            foreach (var stop in gradient.Stops)
            {
                Append($"<stop offset=\"{stop.Offset}\" stop-color=\"{stop.Colour}\"{OpacityOf("stop-opacity", stop.Opacity)}/>");
            }

            Append($"</{element}>");
        }

        return id;
    }

    private bool IsNew(object named, out string id)
    {
        if (ids.TryGetValue(named, out id!))
        {
            return false;
        }

        ids[named] = id = Text($"{prefix}-{ids.Count}");
        return true;
    }

    private static string TransformOf(string name, Matrix3x2 m) => m.IsIdentity
        ? ""
        : Text($" {name}=\"matrix({m.M11} {m.M12} {m.M21} {m.M22} {m.M31} {m.M32})\"");

    private static string OpacityOf(string name, double opacity) => opacity == 1 ? "" : Text($" {name}=\"{opacity}\"");

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Append(FormattableString text) => output.Append(Text(text));
}

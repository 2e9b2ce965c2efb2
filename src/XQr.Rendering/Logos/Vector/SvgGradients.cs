using System.Numerics;
using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Reads gradients (SVG 1.1, 13.2). Each gradient is read only once.</summary>
internal sealed class SvgGradients(SvgDocument document)
{
    /// <summary>The maximum chain of gradients that inherit from each other, which also stops cycles.</summary>
    private const int MaxAncestors = 8;

    private readonly Dictionary<XElement, VectorGradient?> known = [];

    /// <summary>Reads a gradient.</summary>
    /// <returns>The gradient, or null if it is not supported.</returns>
    public VectorGradient? Read(XElement element)
    {
        if (!known.TryGetValue(element, out var gradient))
        {
            known[element] = gradient = ReadNew(element);
        }

        return gradient;
    }

    private VectorGradient? ReadNew(XElement element)
    {
        var line = Ancestry(element).ToList();
        var isRadial = element.Name.LocalName == "radialGradient";
        var ofBox = Attribute("gradientUnits") != "userSpaceOnUse";
        var (width, height) = ofBox ? (1, 1) : (document.View.Width, document.View.Height);
        double?[] points = isRadial
            ? [Point("cx", "50%", width), Point("cy", "50%", height), Point("r", "50%", width),
                Point("fx", Attribute("cx") ?? "50%", width), Point("fy", Attribute("cy") ?? "50%", height)]
            : [Point("x1", "0%", width), Point("y1", "0%", height), Point("x2", "100%", width), Point("y2", "0%", height)];
        var stops = line.Select(Stops).FirstOrDefault(stops => stops.Any(), [])
            .Select(ReadStop).TakeWhile(_ => document.Limits.Error is null).ToList();
        return points.Contains(null) || stops.Contains(null) || stops.Count == 0
            || SvgText.ParseTransform(Attribute("gradientTransform") ?? "") is not { } transform || !Matrix3x2.Invert(transform, out _)
            ? null
            : new(isRadial, [.. points.Select(point => point!.Value)], ofBox, transform, Spread(Attribute("spreadMethod")), InOrder(stops));

        string? Attribute(string name) => line.Select(one => (string?)one.Attribute(name)).FirstOrDefault(value => value is not null);

        double? Point(string name, string otherwise, double whole) => SvgText.ParseLength(Attribute(name) ?? otherwise, whole);
    }

    private IEnumerable<XElement> Ancestry(XElement element)
    {
        XElement? next = element;
        for (var count = 0; next is not null && count < MaxAncestors; count++)
        {
            yield return next;
            next = document.FindReference(next);
        }
    }

    private static IEnumerable<XElement> Stops(XElement gradient) => gradient.Elements(SvgDocument.Namespace + "stop");

    private VectorStop? ReadStop(XElement element)
    {
        var style = document.Limits.TryAddElements(1) ? document.StyleOf(element, new()) : null;
        return style is not null
            && SvgText.ParseLength((string?)element.Attribute("offset") ?? "0", 1) is { } offset
            && style.ColourOf(style.StopColour) is var (colour, opacity)
            ? new(Math.Clamp(offset, 0, 1), colour, opacity * style.StopOpacity)
            : null;
    }

    /// <summary>Orders stops: a stop before the previous one moves to it.</summary>
    private static VectorStop[] InOrder(List<VectorStop?> stops)
    {
        var last = 0.0;
        return [.. stops.Select(stop => stop!.Value with { Offset = last = Math.Max(last, stop.Value.Offset) })];
    }

    private static VectorSpread Spread(string? text) => text switch
    {
        "reflect" => VectorSpread.Reflect,
        "repeat" => VectorSpread.Repeat,
        _ => VectorSpread.Pad,
    };
}

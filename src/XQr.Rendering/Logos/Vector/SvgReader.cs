using System.Numerics;
using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>
/// Reads the drawing of an SVG file. Content that cannot be drawn the same in every format is rejected, so that no logo is drawn wrongly.
/// </summary>
internal sealed class SvgReader
{
    /// <summary>The maximum depth: enough for any drawing, and safe for the stack.</summary>
    private const int MaxDepth = 48;

    /// <summary>The maximum number of nested clips: enough for any drawing. Each clip is drawn again for each shape.</summary>
    private const int MaxClips = 8;

    private readonly SvgDocument document;
    private readonly SvgGradients gradients;
    private readonly List<VectorShape> shapes = [];
    private readonly Dictionary<(XElement, Matrix3x2), VectorClip> clipsRead = [];
    private string? fault;

    private SvgReader(SvgDocument document)
    {
        this.document = document;
        gradients = new(document);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="content">An SVG document.</param>
    /// <param name="fault">The error, if null is returned.</param>
    public static VectorLogo? TryRead(ReadOnlyMemory<byte> content, out string? fault)
    {
        if (SvgDocument.TryRead(content, out fault) is not { } document)
        {
            return null;
        }

        var reader = new SvgReader(document);
        reader.Visit(document.Root, new(), Matrix3x2.Identity, [], 0);
        fault = document.Limits.Error ?? reader.fault ?? (reader.shapes.Count == 0 ? "must show something" : null);
        return fault is null ? new(document.View, reader.shapes) : null;
    }

    private void Visit(XElement element, SvgStyle inherited, Matrix3x2 outer, VectorClip[] clips, int depth)
    {
        if (fault is not null || document.Limits.Error is not null || element.Name.Namespace != SvgDocument.Namespace)
        {
            return;
        }

        if (depth > MaxDepth)
        {
            fault = $"must have its elements nested at most {MaxDepth} deep";
        }

        if (!document.Limits.TakeVisit() || fault is not null)
        {
            return;
        }

        if (document.StyleOf(element, inherited.Inherited()) is not { } style)
        {
            fault = "must not use filters, masks, markers, dashes or blending";
            return;
        }

        // The transform of the root applies only to its own display.
        var own = depth == 0 ? Matrix3x2.Identity : SvgText.Transform((string?)element.Attribute("transform") ?? "");
        if (own is not { } inner)
        {
            fault = "must have transforms of SVG 1.1";
            return;
        }

        if (!style.IsHidden)
        {
            var transform = inner * outer;
            if (!SvgText.IsFinite(transform))
            {
                fault = "must have transforms to places that numbers reach";
                return;
            }

            Draw(element, style, transform, Clipped(style, transform, clips), depth);
        }
    }

    private void Draw(XElement element, SvgStyle style, Matrix3x2 transform, VectorClip[] clips, int depth)
    {
        switch (element.Name.LocalName)
        {
            case "svg" when depth == 0:
            case "g" or "a":
                foreach (var child in element.Elements())
                {
                    Visit(child, style, transform, clips, depth + 1);
                }

                break;
            case "use" when document.Referred(element) is { } used:
                var shift = Matrix3x2.CreateTranslation(
                    (float)(SvgText.Length((string?)element.Attribute("x") ?? "0", document.View.Width) ?? 0),
                    (float)(SvgText.Length((string?)element.Attribute("y") ?? "0", document.View.Height) ?? 0));
                Visit(used, style, shift * transform, clips, depth + 1);
                break;
            case "path" or "rect" or "circle" or "ellipse" or "line" or "polyline" or "polygon":
                Add(element, style, transform, clips);
                break;
            case "defs" or "linearGradient" or "radialGradient" or "clipPath" or "style" or "title" or "desc" or "metadata" or "script":
                break;
            case var name:
                fault = $"must be of paths and shapes alone; <{(name.Length > 20 ? name[..20] : name)}> can't be drawn in every format";
                break;
        }
    }

    private void Add(XElement element, SvgStyle style, Matrix3x2 transform, VectorClip[] clips)
    {
        if (SvgOutlines.Of(element, document.View) is not { } path)
        {
            fault = $"must have a shape that can be read in each <{element.Name.LocalName}>";
            return;
        }

        // The stored logo, which is read again with the same limits, has an element for each clip of each shape.
        if (!document.Limits.TakeOutline(path) || !document.Limits.TakeElements(1 + clips.Length))
        {
            return;
        }

        var fill = PaintOf(style.Fill, style.FillOpacity, style);
        var stroke = style.StrokeWidth > 0 ? PaintOf(style.Stroke, style.StrokeOpacity, style) : null;
        if (path.Length > 0 && (fill ?? stroke) is not null)
        {
            var line = stroke is null ? null : new VectorStroke(stroke, style.StrokeWidth, style.Cap, style.Join, style.MiterLimit);
            shapes.Add(new(path, transform, style.FillEvenOdd, fill, line, clips));
        }
    }

    private VectorPaint? PaintOf(string text, double opacity, SvgStyle style)
    {
        var share = opacity * style.Opacity;
        if (text == "none" || share == 0)
        {
            return null;
        }

        if (document.Named(text) is { } element && element.Name.LocalName is "linearGradient" or "radialGradient" && gradients.Read(element) is { } gradient)
        {
            return new(Rgb.Black, share, gradient);
        }

        if (style.ColourOf(text) is var (colour, own))
        {
            return new(colour, share * own);
        }

        fault = "must be painted with sRGB colours and gradients alone";
        return null;
    }

    private VectorClip[] Clipped(SvgStyle style, Matrix3x2 transform, VectorClip[] clips)
    {
        if (style.ClipPath == "none" || fault is not null)
        {
            return clips;
        }

        if (clips.Length == MaxClips)
        {
            fault = $"must have at most {MaxClips} clip paths inside of each other";
            return clips;
        }

        if (document.Named(style.ClipPath) is not { } element || element.Name.LocalName != "clipPath"
            || (string?)element.Attribute("clipPathUnits") == "objectBoundingBox" || element.Attribute("clip-path") is not null)
        {
            fault = "must be clipped by a clipPath in user space, if at all";
            return clips;
        }

        if (clipsRead.TryGetValue((element, transform), out var known))
        {
            return [.. clips, known];
        }

        var parts = element.Elements().Where(child => child.Name.Namespace == SvgDocument.Namespace).Select(child => PartOf(child, transform)).TakeWhile(_ => document.Limits.Error is null).ToList();
        if (parts.Contains(null))
        {
            fault = "must be clipped by paths and shapes alone";
            return clips;
        }

        return [.. clips, clipsRead[(element, transform)] = new([.. parts.Select(part => part!)])];
    }

    private VectorClipPart? PartOf(XElement element, Matrix3x2 outer) =>
        document.Limits.TakeElements(1)
        && document.StyleOf(element, new()) is { } style
        && SvgOutlines.Of(element, document.View) is { } path
        && SvgText.Transform((string?)element.Attribute("transform") ?? "") is { } inner
        && document.Limits.TakeOutline(path)
            ? new(path, inner * outer, style.ClipEvenOdd)
            : null;
}

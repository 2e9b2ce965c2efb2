using System.Numerics;
using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>
/// Reads the shapes of an SVG file. It rejects content that cannot be drawn the same in every format, so that no logo is drawn incorrectly.
/// </summary>
internal sealed class SvgReader
{
    /// <summary>The maximum depth of elements, which no drawing needs and the stack allows.</summary>
    private const int MaxDepth = 48;

    /// <summary>The maximum number of nested clip paths. Each is drawn again for each shape.</summary>
    private const int MaxClips = 8;

    private readonly SvgDocument document;
    private readonly SvgGradients gradients;
    private readonly SvgClipPaths clipPaths;
    private readonly List<VectorShape> shapes = [];
    private string? error;

    private SvgReader(SvgDocument document)
    {
        this.document = document;
        gradients = new(document);
        clipPaths = new(document);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="content">An SVG document.</param>
    /// <param name="error">The error, if null is returned.</param>
    public static VectorLogo? TryRead(ReadOnlyMemory<byte> content, out string? error)
    {
        if (SvgDocument.TryRead(content, out error) is not { } document)
        {
            return null;
        }

        var reader = new SvgReader(document);
        reader.Visit(document.Root, new(), Matrix3x2.Identity, [], 0);
        error = document.Limits.Error ?? reader.error ?? (reader.shapes.Count == 0 ? "must show something" : null);
        return error is null ? new(document.View, reader.shapes) : null;
    }

    private void Visit(XElement element, SvgStyle inherited, Matrix3x2 outer, VectorClip[] clips, int depth)
    {
        if (error is not null || document.Limits.Error is not null || element.Name.Namespace != SvgDocument.Namespace)
        {
            return;
        }

        if (depth > MaxDepth)
        {
            error = $"must have its elements nested at most {MaxDepth} deep";
        }

        if (!document.Limits.TryAddVisit() || error is not null)
        {
            return;
        }

        if (document.StyleOf(element, inherited.Inherited()) is not { } style)
        {
            error = "must not use filters, masks, markers, dashes or blending";
            return;
        }

        // A transform of the root is ignored: it applies to the document as a whole.
        var own = depth == 0 ? Matrix3x2.Identity : SvgText.ParseTransform((string?)element.Attribute("transform") ?? "");
        if (own is not { } inner)
        {
            error = "must have transforms of SVG 1.1";
            return;
        }

        if (!style.IsHidden)
        {
            var transform = inner * outer;
            if (!SvgText.IsFinite(transform))
            {
                error = "must have transforms to places that numbers reach";
                return;
            }

            Draw(element, style, transform, ClipsOf(style, transform, clips), depth);
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
            case "use" when document.FindReference(element) is { } used:
                var shift = Matrix3x2.CreateTranslation(
                    (float)(SvgText.ParseLength((string?)element.Attribute("x") ?? "0", document.View.Width) ?? 0),
                    (float)(SvgText.ParseLength((string?)element.Attribute("y") ?? "0", document.View.Height) ?? 0));
                Visit(used, style, shift * transform, clips, depth + 1);
                break;
            case "path" or "rect" or "circle" or "ellipse" or "line" or "polyline" or "polygon":
                Add(element, style, transform, clips);
                break;
            case "defs" or "linearGradient" or "radialGradient" or "clipPath" or "style" or "title" or "desc" or "metadata" or "script":
                break;
            case var name:
                error = $"must be of paths and shapes alone; <{(name.Length > 20 ? name[..20] : name)}> can't be drawn in every format";
                break;
        }
    }

    private void Add(XElement element, SvgStyle style, Matrix3x2 transform, VectorClip[] clips)
    {
        if (SvgOutlines.PathOf(element, document.View) is not { } path)
        {
            error = $"must have a shape that can be read in each <{element.Name.LocalName}>";
            return;
        }

        // The stored logo has an element for each clip of each shape, and it must be readable with the same limits.
        if (!document.Limits.TryAddPath(path) || !document.Limits.TryAddElements(1 + clips.Length))
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

        if (document.FindByUrl(text) is { Name.LocalName: "linearGradient" or "radialGradient" } element
            && gradients.Read(element) is { } gradient)
        {
            return new(Rgb.Black, share, gradient);
        }

        if (style.ColourOf(text) is var (colour, own))
        {
            return new(colour, share * own);
        }

        error = "must be painted with sRGB colours and gradients alone";
        return null;
    }

    private VectorClip[] ClipsOf(SvgStyle style, Matrix3x2 transform, VectorClip[] clips)
    {
        if (style.ClipPath == "none" || error is not null)
        {
            return clips;
        }

        if (clips.Length == MaxClips)
        {
            error = $"must have at most {MaxClips} clip paths inside of each other";
            return clips;
        }

        return clipPaths.TryRead(style.ClipPath, transform, out error) is { } clip ? [.. clips, clip] : clips;
    }
}

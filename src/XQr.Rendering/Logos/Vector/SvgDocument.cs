using System.Xml;
using System.Xml.Linq;
using XQr.Rendering.Svg;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Represents a parsed SVG document.</summary>
internal sealed class SvgDocument
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    /// <summary>The side lengths for which the single precision of Skia is sufficient.</summary>
    private const double MinSide = 0.001;
    private const double MaxSide = 1_000_000;

    private readonly SvgStyleSheet sheet = new();
    private readonly Dictionary<string, XElement> byId = [];

    private SvgDocument(XElement root, VectorView view)
    {
        (Root, View) = (root, view);
        foreach (var element in root.DescendantsAndSelf())
        {
            if ((string?)element.Attribute("id") is { } id)
            {
                byId.TryAdd(id, element);
            }
        }
    }

    public XElement Root { get; }

    public VectorView View { get; }

    /// <summary>Gets the limits, which count the work on the document.</summary>
    public SvgLimits Limits { get; } = new();

    /// <summary>Reads a file without external resources.</summary>
    /// <param name="content">An SVG document.</param>
    /// <param name="error">The error, if null is returned.</param>
    public static SvgDocument? TryRead(ReadOnlyMemory<byte> content, out string? error)
    {
        if (content.Span.Count((byte)'<') > SvgLimits.MaxMarkup)
        {
            error = $"must be simpler: it has more than {SvgLimits.MaxMarkup} tags";
            return null;
        }

        using var reader = SvgSource.TryOpen(content, out error);
        if (reader is null)
        {
            return null;
        }

        XElement root;
        try
        {
            root = XElement.Load(reader);
        }
        catch (XmlException exception)
        {
            error = SvgSource.Describe(exception);
            return null;
        }

        if (root.Name != Namespace + "svg")
        {
            error = "must be an SVG document: an element <svg> of the namespace http://www.w3.org/2000/svg";
            return null;
        }

        if (ViewOf(root) is not { Width: >= MinSide and <= MaxSide, Height: >= MinSide and <= MaxSide } view)
        {
            error = "must have a viewBox, or a width and a height, of 0.001 to 1000000 units";
            return null;
        }

        var document = new SvgDocument(root, view);
        error = root.Descendants(Namespace + "style").Select(style => document.sheet.Add(style.Value)).FirstOrDefault(one => one is not null);
        return error is null ? document : null;
    }

    /// <summary>Returns the style of an element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="inherited">The inherited style.</param>
    /// <returns>The style, or null if it cannot be drawn or the document exceeds its <see cref="Limits"/>.</returns>
    public SvgStyle? StyleOf(XElement element, SvgStyle inherited)
    {
        if (!Limits.TryAddAttributes(element))
        {
            return null;
        }

        SvgStyle? style = inherited;
        foreach (var (property, value) in sheet.For(element))
        {
            if (!Limits.TryAddDeclaration())
            {
                return null;
            }

            style = style?.With(property, value);
        }

        return style;
    }

    /// <summary>Returns the element that <c>url(#id)</c> refers to.</summary>
    public XElement? FindByUrl(string url) =>
        url.StartsWith("url(", StringComparison.Ordinal) && url.Contains(')', StringComparison.Ordinal)
            ? FindById(url[4..url.IndexOf(')', StringComparison.Ordinal)].Trim(' ', '"', '\''))
            : null;

    /// <summary>Returns the element that an attribute <c>href</c> refers to.</summary>
    public XElement? FindReference(XElement element) =>
        FindById((string?)element.Attribute("href") ?? (string?)element.Attribute(XLink + "href") ?? "");

    private XElement? FindById(string reference) => reference is ['#', .. var id] ? byId.GetValueOrDefault(id) : null;

    private static VectorView? ViewOf(XElement root)
    {
        if ((string?)root.Attribute("viewBox") is { } box)
        {
            return SvgText.ParseNumbers(box) is [var x, var y, var width, var height] ? new(x, y, width, height) : null;
        }

        return Side("width") is { } sideX && Side("height") is { } sideY ? new(0, 0, sideX, sideY) : null;

        double? Side(string name) => SvgText.ParseLength((string?)root.Attribute(name) ?? "", 0);
    }
}

using System.Xml;
using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>An SVG file, taken apart but not yet understood.</summary>
internal sealed class SvgDocument
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

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

    /// <summary>Reads a file. Nothing outside of it is looked at, and no entity is expanded.</summary>
    public static SvgDocument? TryRead(ReadOnlyMemory<byte> content, out string? fault)
    {
        fault = null;
        XElement root;
        try
        {
            using var stream = new MemoryStream(content.ToArray());
            using var reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            root = XElement.Load(reader);
        }
        catch (XmlException)
        {
            fault = "must be a well-formed SVG document";
            return null;
        }

        if (root.Name != Namespace + "svg")
        {
            fault = "must be an SVG document: an element <svg> of the namespace http://www.w3.org/2000/svg";
            return null;
        }

        if (ViewOf(root) is not { Width: > 0, Height: > 0 } view)
        {
            fault = "must have a viewBox, or a width and a height";
            return null;
        }

        var document = new SvgDocument(root, view);
        if (root.Descendants(Namespace + "style").Any(style => !document.sheet.TryAdd(style.Value)))
        {
            fault = "must have no style rules but those for an element, a class or an id";
            return null;
        }

        return document;
    }

    /// <summary>An element's style.</summary>
    /// <param name="element">The element.</param>
    /// <param name="inherited">What it has from those around it.</param>
    /// <returns>Null where it asks for something that we can't draw.</returns>
    public SvgStyle? StyleOf(XElement element, SvgStyle inherited)
    {
        SvgStyle? style = inherited;
        foreach (var (property, value) in sheet.For(element))
        {
            style = style?.With(property, value);
        }

        return style;
    }

    /// <summary>The element that <c>url(#id)</c> names.</summary>
    public XElement? Named(string url) =>
        url.StartsWith("url(", StringComparison.Ordinal) && url.Contains(')', StringComparison.Ordinal)
            ? WithId(url[4..url.IndexOf(')', StringComparison.Ordinal)].Trim(' ', '"', '\''))
            : null;

    /// <summary>The element that an attribute <c>href</c> names.</summary>
    public XElement? Referred(XElement element) => WithId((string?)element.Attribute("href") ?? (string?)element.Attribute(XLink + "href") ?? "");

    private XElement? WithId(string reference) => reference is ['#', .. var id] ? byId.GetValueOrDefault(id) : null;

    private static VectorView? ViewOf(XElement root)
    {
        if ((string?)root.Attribute("viewBox") is { } box)
        {
            return SvgText.Numbers(box) is [var x, var y, var width, var height] ? new(x, y, width, height) : null;
        }

        return SvgText.Length((string?)root.Attribute("width") ?? "", 0) is { } w && SvgText.Length((string?)root.Attribute("height") ?? "", 0) is { } h
            ? new(0, 0, w, h)
            : null;
    }
}

using System.Text;
using System.Xml;
using XQr.Rendering.Svg;

namespace XQr.Api.Assets;

/// <summary>
/// Sanitizes SVG images: copies only what is known to draw. The result runs nothing, refers to nothing outside and is unambiguous:
/// well-formed XML in UTF-8 without document type, entities, instructions and comments, with SVG elements only.
/// </summary>
internal static class SvgSanitizer
{
    /// <summary>The maximum size of an image in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>The maximum depth of elements, which viewers draw recursively.</summary>
    private const int MaxDepth = 100;

    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private const string XLinkNamespace = "http://www.w3.org/1999/xlink";
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    private static readonly XmlWriterSettings WriterSettings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.None,
    };

    /// <summary>Returns a safe image that looks the same, or an error.</summary>
    public static SvgResult Sanitize(ReadOnlyMemory<byte> svg)
    {
        if (svg.Length > MaxBytes)
        {
            return SvgResult.Rejected($"must have at most {MaxBytes} bytes");
        }

        using var reader = SvgSource.TryOpen(svg, out var error);
        if (reader is null)
        {
            return SvgResult.Rejected(error!);
        }

        try
        {
            return reader.MoveToContent() == XmlNodeType.Element && reader is { LocalName: "svg", NamespaceURI: SvgNamespace }
                ? Copy(reader)
                : SvgResult.Rejected($"must begin with an element svg of the namespace {SvgNamespace}");
        }
        catch (XmlException exception)
        {
            return SvgResult.Rejected(SvgSource.Describe(exception));
        }
        catch (TooDeepException)
        {
            return SvgResult.Rejected($"must have its elements nested at most {MaxDepth} deep");
        }
    }

    private static SvgResult Copy(XmlReader reader)
    {
        var removals = new SvgRemovals();
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, WriterSettings))
        {
            while (!reader.EOF)
            {
                CopyNode(reader, writer, removals);
            }
        }

        var image = bytes.ToArray();
        return SvgComplexity.Validate(image) is { } error ? SvgResult.Rejected(error) : new(image, null, removals.Entries);
    }

    /// <summary>Copies the current node if it is allowed, and moves to the next.</summary>
    private static void CopyNode(XmlReader reader, XmlWriter writer, SvgRemovals removals)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when !IsAllowed(reader):
                ReportElement(reader, removals);
                reader.Skip();
                return;
            case XmlNodeType.Element when reader.LocalName == "style":
                CopyStyle(reader, writer, removals);
                return;
            case XmlNodeType.Element:
                CopyElement(reader, writer, removals);
                break;
            case XmlNodeType.EndElement:
                writer.WriteEndElement();
                break;
            case (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) when reader.Depth > 0:
                writer.WriteString(reader.Value);
                break;
        }

        reader.Read();
    }

    private static bool IsAllowed(XmlReader reader) =>
        reader.Depth > MaxDepth ? throw new TooDeepException()
        : reader.NamespaceURI == SvgNamespace && SvgAllowList.Elements.Contains(reader.LocalName) && !AnimatesMoreThanPresentation(reader);

    /// <summary>Records a removed element. Invisible elements are not recorded: metadata and private elements of drawing programs.</summary>
    private static void ReportElement(XmlReader reader, SvgRemovals removals)
    {
        if (reader.NamespaceURI is SvgNamespace or "" or "http://www.w3.org/1999/xhtml" or "http://www.w3.org/1998/Math/MathML"
            && reader.LocalName != "metadata")
        {
            removals.Element(reader.LocalName);
        }
    }

    /// <summary>Returns whether an animation changes more than presentation, such as a reference.</summary>
    private static bool AnimatesMoreThanPresentation(XmlReader reader) =>
        SvgAllowList.Animations.Contains(reader.LocalName) && !SvgAllowList.Properties.Contains(reader.GetAttribute("attributeName") ?? "");

    private static void CopyElement(XmlReader reader, XmlWriter writer, SvgRemovals removals)
    {
        var (element, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
        writer.WriteStartElement(element, SvgNamespace);
        if (reader.Depth == 0)
        {
            writer.WriteAttributeString("xmlns", SvgNamespace);
        }

        CopyAttributes(element, reader, writer, removals);
        if (isEmpty)
        {
            writer.WriteEndElement();
        }
    }

    private static void CopyAttributes(string element, XmlReader reader, XmlWriter writer, SvgRemovals removals)
    {
        while (reader.MoveToNextAttribute())
        {
            if (AttributeOf(element, reader, removals) is { } value)
            {
                var prefix = reader.NamespaceURI switch { XLinkNamespace => "xlink", XmlNamespace => "xml", _ => null };
                writer.WriteAttributeString(prefix, reader.LocalName, reader.NamespaceURI, value);
            }
        }

        reader.MoveToElement();
    }

    /// <summary>Returns the allowed value of an attribute, or null.</summary>
    private static string? AttributeOf(string element, XmlReader reader, SvgRemovals removals)
    {
        var name = reader.LocalName;
        switch (reader.NamespaceURI)
        {
            case "" or XLinkNamespace when name == "href":
                return SvgReferences.IsAllowed(element, reader.Value) ? reader.Value : Removed(() => removals.Value(name));
            case "" when name == "style":
                return SvgStyles.SanitizeDeclarations(reader.Value, removals);
            case "" when SvgAllowList.Attributes.Contains(name) || SvgAllowList.Properties.Contains(name):
                return SvgAllowList.Texts.Contains(name) || SvgStyles.IsSafe(reader.Value) ? reader.Value : Removed(() => removals.Value(name));
            case "":
                return name.StartsWith("data-", StringComparison.Ordinal) ? null : Removed(() => removals.Attribute(name));
            case XmlNamespace when name is "space" or "lang":
                return reader.Value;
            case XmlNamespace:
                return Removed(() => removals.Attribute($"xml:{name}"));
            default:
                // Namespace declarations, and private attributes of drawing programs.
                return null;
        }

        static string? Removed(Action record)
        {
            record();
            return null;
        }
    }

    private static void CopyStyle(XmlReader reader, XmlWriter writer, SvgRemovals removals)
    {
        writer.WriteStartElement("style", SvgNamespace);
        CopyAttributes("style", reader, writer, removals);
        var css = new StringBuilder();
        using (var inner = reader.ReadSubtree())
        {
            while (inner.Read())
            {
                var isText = inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;
                css.Append(isText ? inner.Value : "");
            }
        }

        reader.Read();
        writer.WriteString(SvgStyles.SanitizeSheet(css.ToString(), removals));
        writer.WriteEndElement();
    }

    private sealed class TooDeepException : Exception;
}

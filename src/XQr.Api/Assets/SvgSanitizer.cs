using System.Text;
using System.Xml;
using XQr.Rendering.Svg;

namespace XQr.Api.Assets;

/// <summary>
/// Sanitizes SVG images: removes everything that is not known to only draw, and writes the rest anew. The result runs nothing, refers to
/// nothing outside and is unambiguous: well-formed XML in UTF-8 without document type, entities, instructions and comments, with SVG
/// elements only.
/// </summary>
internal static class SvgSanitizer
{
    /// <summary>The maximum size of an image in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>The maximum depth of elements, because viewers recurse.</summary>
    private const int MaxDepth = 100;

    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private const string XLinkNamespace = "http://www.w3.org/1999/xlink";
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    private static readonly XmlWriterSettings Writing = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };

    /// <summary>Returns a safe image that looks the same, or an error.</summary>
    public static SvgResult Sanitize(ReadOnlyMemory<byte> svg)
    {
        if (svg.Length > MaxBytes)
        {
            return SvgResult.Refused($"must have at most {MaxBytes} bytes");
        }

        using var reader = SvgSource.TryOpen(svg, out var error);
        if (reader is null)
        {
            return SvgResult.Refused(error!);
        }

        try
        {
            return reader.MoveToContent() == XmlNodeType.Element && reader is { LocalName: "svg", NamespaceURI: SvgNamespace }
                ? Copy(reader)
                : SvgResult.Refused($"must begin with an element svg of the namespace {SvgNamespace}");
        }
        catch (XmlException exception)
        {
            return SvgResult.Refused(SvgSource.Describe(exception));
        }
        catch (TooDeepException)
        {
            return SvgResult.Refused($"must have its elements nested at most {MaxDepth} deep");
        }
    }

    private static SvgResult Copy(XmlReader reader)
    {
        var removals = new SvgRemovals();
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Writing))
        {
            while (!reader.EOF)
            {
                CopyNode(reader, writer, removals);
            }
        }

        var image = bytes.ToArray();
        return SvgComplexity.FindError(image) is { } error ? SvgResult.Refused(error) : new(image, null, removals.Entries);
    }

    /// <summary>Copies the current node if it is allowed, and moves to the next.</summary>
    private static void CopyNode(XmlReader reader, XmlWriter writer, SvgRemovals removals)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when !IsAllowed(reader):
                TellElement(reader, removals);
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
        : reader.NamespaceURI == SvgNamespace && SvgAllowList.Elements.Contains(reader.LocalName) && !AnimatesOther(reader);

    /// <summary>Records a removed element. Invisible elements are not recorded: metadata and private elements of drawing programs.</summary>
    private static void TellElement(XmlReader reader, SvgRemovals removals)
    {
        if (reader.NamespaceURI is SvgNamespace or "" or "http://www.w3.org/1999/xhtml" or "http://www.w3.org/1998/Math/MathML" && reader.LocalName != "metadata")
        {
            removals.Element(reader.LocalName);
        }
    }

    /// <summary>Returns whether an animation changes only presentation, not references or behaviour.</summary>
    private static bool AnimatesOther(XmlReader reader) =>
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
                writer.WriteAttributeString(reader.NamespaceURI switch { XLinkNamespace => "xlink", XmlNamespace => "xml", _ => null }, reader.LocalName, reader.NamespaceURI, value);
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
                return SvgStyles.Declarations(reader.Value, removals);
            case "" when SvgAllowList.Attributes.Contains(name) || SvgAllowList.Properties.Contains(name):
                return SvgAllowList.Texts.Contains(name) || SvgStyles.IsHarmless(reader.Value) ? reader.Value : Removed(() => removals.Value(name));
            case "":
                return name.StartsWith("data-", StringComparison.Ordinal) ? null : Removed(() => removals.Attribute(name));
            case XmlNamespace when name is "space" or "lang":
                return reader.Value;
            case XmlNamespace:
                return Removed(() => removals.Attribute($"xml:{name}"));
            default:
                // Declarations of namespaces, and what drawing programs keep for themselves.
                return null;
        }

        static string? Removed(Action tell)
        {
            tell();
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
                css.Append(inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace ? inner.Value : "");
            }
        }

        reader.Read();
        writer.WriteString(SvgStyles.Sheet(css.ToString(), removals));
        writer.WriteEndElement();
    }

    private sealed class TooDeepException : Exception;
}

using System.Text;
using System.Xml;

namespace XQr.Api.Assets;

/// <summary>
/// Makes an SVG image harmless: what is not known to only draw is left out, and what is left is written anew. Nothing of the result
/// runs, refers to anything outside, or can be read in two ways: it is well-formed XML in UTF-8 without document type, entities,
/// instructions and comments, whose elements are all SVG's own.
/// </summary>
internal static class SvgSanitizer
{
    /// <summary>How many bytes an image may have.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>How deep elements may be nested; viewers recurse.</summary>
    private const int MaxDepth = 100;

    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private const string XLinkNamespace = "http://www.w3.org/1999/xlink";
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    /// <summary>Bytes that are no UTF-8 are a fault, so that nobody can read them otherwise.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A document type is passed over: many drawing programs write one. Its entities are unknown then, and using one is a fault.</summary>
    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private static readonly XmlWriterSettings Writing = new() { Encoding = Utf8, OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };

    /// <summary>An image that looks the same and is harmless; null where it is no SVG, or can't be made harmless.</summary>
    public static byte[]? TrySanitize(ReadOnlyMemory<byte> svg)
    {
        if (svg.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            // Only a byte order mark decides on the encoding, whatever the document says of itself.
            using var text = new StreamReader(new MemoryStream(svg.ToArray(), writable: false), Utf8);
            using var reader = XmlReader.Create(text, Reading);
            return reader.MoveToContent() == XmlNodeType.Element && reader is { LocalName: "svg", NamespaceURI: SvgNamespace } ? Copy(reader) : null;
        }
        catch (Exception exception) when (exception is XmlException or DecoderFallbackException or TooMuchException)
        {
            return null;
        }
    }

    private static byte[] Copy(XmlReader reader)
    {
        var copies = new SvgCopies();
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Writing))
        {
            while (!reader.EOF)
            {
                CopyNode(reader, writer, copies);
            }
        }

        return copies.AreTooMany ? throw new TooMuchException() : bytes.ToArray();
    }

    /// <summary>Copies what the reader stands on, where it may stay, and moves on.</summary>
    private static void CopyNode(XmlReader reader, XmlWriter writer, SvgCopies copies)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when !IsAllowed(reader):
                reader.Skip();
                return;
            case XmlNodeType.Element when reader.LocalName == "style":
                CopyStyle(reader, writer);
                return;
            case XmlNodeType.Element:
                CopyElement(reader, writer, copies);
                break;
            case XmlNodeType.EndElement:
                writer.WriteEndElement();
                copies.End();
                break;
            case (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) when reader.Depth > 0:
                writer.WriteString(reader.Value);
                break;
        }

        reader.Read();
    }

    private static bool IsAllowed(XmlReader reader) =>
        reader.Depth > MaxDepth ? throw new TooMuchException()
        : reader.NamespaceURI == SvgNamespace && SvgAllowList.Elements.Contains(reader.LocalName) && !AnimatesOther(reader);

    /// <summary>An animation may change how something looks, and nothing that it refers to or does.</summary>
    private static bool AnimatesOther(XmlReader reader) =>
        SvgAllowList.Animations.Contains(reader.LocalName) && !SvgAllowList.Properties.Contains(reader.GetAttribute("attributeName") ?? "");

    private static void CopyElement(XmlReader reader, XmlWriter writer, SvgCopies copies)
    {
        var (element, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
        copies.Begin(reader.GetAttribute("id"));
        writer.WriteStartElement(element, SvgNamespace);
        if (reader.Depth == 0)
        {
            writer.WriteAttributeString("xmlns", SvgNamespace);
        }

        while (reader.MoveToNextAttribute())
        {
            if (AttributeOf(element, reader) is { } value)
            {
                writer.WriteAttributeString(reader.NamespaceURI switch { XLinkNamespace => "xlink", XmlNamespace => "xml", _ => null }, reader.LocalName, reader.NamespaceURI, value);
                if (element == "use" && reader.LocalName == "href")
                {
                    copies.Use(value);
                }
            }
        }

        if (isEmpty)
        {
            writer.WriteEndElement();
            copies.End();
        }
    }

    /// <summary>An attribute's value as it may stay; null where it may not.</summary>
    private static string? AttributeOf(string element, XmlReader reader) => (reader.NamespaceURI, reader.LocalName) switch
    {
        ("" or XLinkNamespace, "href") => SvgReferences.IsAllowed(element, reader.Value) ? reader.Value : null,
        ("", "style") => SvgStyles.Declarations(reader.Value),
        (XmlNamespace, "space" or "lang") => reader.Value,
        ("", var name) when SvgAllowList.Attributes.Contains(name) || SvgAllowList.Properties.Contains(name) =>
            SvgAllowList.Texts.Contains(name) || SvgStyles.IsHarmless(reader.Value) ? reader.Value : null,
        _ => null,
    };

    private static void CopyStyle(XmlReader reader, XmlWriter writer)
    {
        var css = new StringBuilder();
        using (var inner = reader.ReadSubtree())
        {
            while (inner.Read())
            {
                css.Append(inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace ? inner.Value : "");
            }
        }

        reader.Read();
        writer.WriteElementString("style", SvgNamespace, SvgStyles.Sheet(css.ToString()));
    }

    private sealed class TooMuchException : Exception;
}

using System.Xml;

namespace XQr.Rendering.Svg;

/// <summary>
/// Opens untrusted SVG files: decodes them, expands the entities that drawing programs write, and reads no external resources.
/// </summary>
public static class SvgSource
{
    /// <summary>The settings skip the document type, whose entities are expanded before.</summary>
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Opens a file.</summary>
    /// <param name="content">The bytes of the file, in any encoding that it declares.</param>
    /// <param name="error">The error, such as <c>must be …</c>, if null is returned.</param>
    /// <returns>A reader, or null. Use <see cref="Describe"/> for its <see cref="XmlException"/>s.</returns>
    public static XmlReader? TryOpen(ReadOnlyMemory<byte> content, out string? error)
    {
        var text = SvgEncodings.TryDecode(content.Span, out error);
        var expanded = text is null ? null : SvgEntities.TryExpand(text, out error);
        return expanded is null ? null : XmlReader.Create(new StringReader(expanded), Settings);
    }

    /// <summary>Describes an XML error by its position, because the message of the parser can repeat any part of the document.</summary>
    /// <param name="exception">The exception of the reader.</param>
    /// <returns>The error, such as <c>must be …</c>.</returns>
    public static string Describe(XmlException exception) => FormattableString.Invariant(
        $"must be well-formed XML: it is not at line {exception.LineNumber}, column {exception.LinePosition}");
}

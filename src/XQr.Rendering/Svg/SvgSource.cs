using System.Xml;

namespace XQr.Rendering.Svg;

/// <summary>
/// Opens untrusted SVG files: decodes them, expands the entities that drawing programs write, and reads no external resources.
/// </summary>
public static class SvgSource
{
    /// <summary>The document type is skipped: its entities are expanded before, and the rest is not used.</summary>
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
    /// <returns>A reader, whose <see cref="XmlException"/>s <see cref="Explain"/> describes, or null.</returns>
    public static XmlReader? TryOpen(ReadOnlyMemory<byte> content, out string? error)
    {
        var text = SvgEncodings.TryDecode(content.Span, out error);
        var expanded = text is null ? null : SvgEntities.TryExpand(text, out error);
        return expanded is null ? null : XmlReader.Create(new StringReader(expanded), Settings);
    }

    /// <summary>Describes the position of an XML error. The parser's own message can repeat any part of the document.</summary>
    /// <param name="exception">The exception of the reader.</param>
    /// <returns>The error, such as <c>must be …</c>.</returns>
    public static string Explain(XmlException exception) => FormattableString.Invariant(
        $"must be well-formed XML: it is not at line {exception.LineNumber}, column {exception.LinePosition}");
}

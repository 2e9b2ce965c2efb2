using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>
/// Limits the work of reading an SVG file. The work for a file of 2 MiB has no other bound: parts can be used many times, and a style rule
/// can apply to every element. Each use counts.
/// </summary>
internal sealed class SvgLimits
{
    /// <summary>The maximum number of tags, including those that are not drawn: each takes some hundred bytes of memory.</summary>
    public const int MaxMarkup = 200_000;

    private const int MaxVisits = 50_000;
    private const int MaxElements = 5_000;
    private const int MaxDeclarations = 200_000;
    private const int MaxAttributeCharacters = 4 * 1024 * 1024;

    /// <summary>The maximum length of all path data, which is part of every image.</summary>
    private const int MaxPathCharacters = 256 * 1024;

    private int visits;
    private int elements;
    private int declarations;
    private int pathCharacters;
    private long attributeCharacters;

    /// <summary>Gets the error for the exceeded limit, such as <c>must have at most …</c>, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>Counts a visited element or group.</summary>
    public bool TryAddVisit() => Allow(
        ++visits <= MaxVisits,
        $"must be simpler: it has more than {MaxVisits} elements and groups, those that are used again counted each time");

    /// <summary>Counts drawn elements, parts of clip paths, and stops of gradients.</summary>
    public bool TryAddElements(int count) =>
        Allow((elements += count) <= MaxElements, $"must have at most {MaxElements} elements, those that are used again counted each time");

    /// <summary>Counts the characters of an element's attributes.</summary>
    public bool TryAddAttributes(XElement element) => Allow(
        (attributeCharacters += element.Attributes().Sum(attribute => attribute.Value.Length)) <= MaxAttributeCharacters,
        "must be simpler: the attributes of its elements, those that are used again counted each time, take more than 4 MiB");

    /// <summary>Counts a setting of a style.</summary>
    public bool TryAddDeclaration() =>
        Allow(++declarations <= MaxDeclarations, $"must be simpler: its elements have more than {MaxDeclarations} style settings");

    /// <summary>Counts path data.</summary>
    public bool TryAddPath(string path) =>
        Allow(
            (pathCharacters += path.Length) <= MaxPathCharacters,
            "must be simpler: its outlines, those that are used again counted each time, take more than 256 KiB");

    private bool Allow(bool isWithin, string error)
    {
        Error ??= isWithin ? null : error;
        return Error is null;
    }
}

using System.Numerics;
using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Reads clip paths (SVG 1.1, 14.3). Each clip path is read only once per transform.</summary>
internal sealed class SvgClipPaths(SvgDocument document)
{
    private readonly Dictionary<(XElement, Matrix3x2), VectorClip> known = [];

    /// <summary>Reads a clip path.</summary>
    /// <param name="url">The reference to the clip path, such as <c>url(#…)</c>.</param>
    /// <param name="transform">The transform of the element that it clips.</param>
    /// <param name="error">The error, if null is returned.</param>
    public VectorClip? TryRead(string url, Matrix3x2 transform, out string? error)
    {
        error = null;
        if (document.FindByUrl(url) is not { Name.LocalName: "clipPath" } element
            || (string?)element.Attribute("clipPathUnits") == "objectBoundingBox" || element.Attribute("clip-path") is not null)
        {
            error = "must be clipped by a clipPath in user space, if at all";
            return null;
        }

        if (known.TryGetValue((element, transform), out var clip))
        {
            return clip;
        }

        var parts = element.Elements().Where(child => child.Name.Namespace == SvgDocument.Namespace)
            .Select(child => ReadPart(child, transform)).TakeWhile(_ => document.Limits.Error is null).ToList();
        if (parts.Contains(null))
        {
            error = "must be clipped by paths and shapes alone";
            return null;
        }

        return known[(element, transform)] = new([.. parts.Select(part => part!)]);
    }

    private VectorClipPart? ReadPart(XElement element, Matrix3x2 outer) =>
        document.Limits.TryAddElements(1)
        && document.StyleOf(element, new()) is { } style
        && SvgOutlines.PathOf(element, document.View) is { } path
        && SvgText.ParseTransform((string?)element.Attribute("transform") ?? "") is { } inner
        && document.Limits.TryAddPath(path)
            ? new(path, inner * outer, style.ClipEvenOdd)
            : null;
}

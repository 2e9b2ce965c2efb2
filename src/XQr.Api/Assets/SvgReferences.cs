using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace XQr.Api.Assets;

/// <summary>Checks the references of SVG images: parts of the document and embedded images.</summary>
internal static class SvgReferences
{
    private static readonly AssetType[] EmbeddedTypes = [AssetTypes.Png, AssetTypes.Jpeg, AssetTypes.Gif, AssetTypes.WebP];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\"'()<>\\");

    /// <summary>Returns whether an element may have a reference.</summary>
    public static bool IsAllowed(string element, string reference) =>
        element == "image" ? IsEmbeddedImage(reference.Trim()) : IsFragment(reference.Trim());

    /// <summary>Returns whether a reference is to a part of the same document: <c>#</c> and a name.</summary>
    public static bool IsFragment(ReadOnlySpan<char> reference) =>
        reference.Length > 1 && reference[0] == '#' && !reference.ContainsAny(NameEnds);

    /// <summary>
    /// Returns whether a reference is an embedded raster image in base64 with matching content. Embedded SVG is not allowed.
    /// </summary>
    private static bool IsEmbeddedImage(string reference)
    {
        foreach (var type in EmbeddedTypes)
        {
            var head = $"data:{type.MimeType};base64,";
            if (reference.StartsWith(head, StringComparison.OrdinalIgnoreCase))
            {
                var data = Encoding.UTF8.GetBytes(reference[head.Length..]);
                return Base64.DecodeFromUtf8InPlace(data, out var length) == OperationStatus.Done && type.Matches(data.AsSpan(0, length));
            }
        }

        return false;
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace XQr.Api.Assets;

/// <summary>Checks the references of SVG images: parts of the document and embedded images.</summary>
internal static class SvgReferences
{
    private static readonly AssetType[] Carried = [AssetTypes.Png, AssetTypes.Jpeg, AssetTypes.Gif, AssetTypes.WebP];

    private static readonly SearchValues<char> OfNoName = SearchValues.Create(" \t\r\n\"'()<>\\");

    public static bool IsAllowed(string element, string reference) =>
        element == "image" ? IsCarried(reference.Trim()) : IsFragment(reference.Trim());

    /// <summary>Returns whether a reference is to a part of the same document: <c>#</c> and a name.</summary>
    public static bool IsFragment(ReadOnlySpan<char> reference) =>
        reference.Length > 1 && reference[0] == '#' && !reference.ContainsAny(OfNoName);

    /// <summary>
    /// Returns whether a reference is an embedded raster image in base64 with matching content. Embedded SVG is not allowed.
    /// </summary>
    private static bool IsCarried(string reference)
    {
        foreach (var type in Carried)
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

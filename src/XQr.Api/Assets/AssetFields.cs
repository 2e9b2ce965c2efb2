using System.Text;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>Reads and validates the fields that asset requests share.</summary>
internal static class AssetFields
{
    public const int MaxFileSize = 25 * 1024 * 1024;
    public const int MaxFilenameLength = 255;
    public const int MaxTags = 10;
    public const int MaxTagLength = 50;

    /// <summary>Gets the rule for media types, as the end of a sentence that begins with the field's name.</summary>
    public static string TypeRule { get; } = $"must be one of {string.Join(", ", AssetTypes.All.Select(type => type.MimeType))}";

    /// <summary>Reads a file name.</summary>
    public static string? Filename(IFields fields)
    {
        var filename = fields.Text("filename");
        if (filename is not null && ValidateFilename(filename) is { } error)
        {
            fields.AddError("filename", error);
        }

        return filename;
    }

    /// <summary>Returns the error of a file name of at most 255 characters, or null.</summary>
    public static string? ValidateFilename(string filename) =>
        string.IsNullOrWhiteSpace(filename) ? $"must have 1 to {MaxFilenameLength} characters"
        : filename is "." or ".." || filename.AsSpan().ContainsAny('/', '\\') ? "must be the name of a file, without a path"
        : WithoutHidden(filename) != filename ? "must not have control characters, nor characters that change the direction of text"
        : null;

    /// <summary>
    /// Removes invisible and misleading characters from a file name: controls, direction marks and overrides, line breaks and lone
    /// surrogates. Joiners stay, because emoji and several scripts need them.
    /// </summary>
    public static string WithoutHidden(string filename) => string.Concat(filename.EnumerateRunes().Where(rune => !IsHidden(rune)));

    private static bool IsHidden(Rune rune) => Rune.IsControl(rune) || rune.Value
        is 0x61C or 0x180E or 0x200B or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or 0xFEFF or (>= 0xFFF9 and <= 0xFFFD);
}

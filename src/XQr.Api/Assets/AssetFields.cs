namespace XQr.Api.Assets;

/// <summary>The fields that requests about assets share, and their rules.</summary>
internal static class AssetFields
{
    public const int MaxFileSize = 25 * 1024 * 1024;
    public const int MaxFilenameLength = 255;
    public const int MaxTags = 10;
    public const int MaxTagLength = 50;

    public static string TypeFault { get; } = $"must be one of {string.Join(", ", AssetTypes.All.Select(type => type.MimeType))}";

    /// <summary>What is wrong with a file's name; null where nothing is.</summary>
    public static string? FilenameFault(string filename) =>
        string.IsNullOrWhiteSpace(filename) || filename.Length > MaxFilenameLength ? $"must have 1 to {MaxFilenameLength} characters"
        : filename is "." or ".." || filename.AsSpan().ContainsAny('/', '\\') ? "must be the name of a file, without a path"
        : filename.Any(char.IsControl) ? "must not have control characters"
        : null;
}

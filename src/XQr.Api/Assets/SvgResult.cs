namespace XQr.Api.Assets;

/// <summary>A sanitized SVG image, or the error that prevents it.</summary>
/// <param name="Image">The image, or null.</param>
/// <param name="Error">The error, such as <c>must be …</c>, if there is no image.</param>
/// <param name="Removed">The removed parts; see <see cref="SvgRemovals"/>.</param>
internal sealed record SvgResult(byte[]? Image, string? Error, IReadOnlyList<string> Removed)
{
    public static SvgResult Rejected(string error) => new(null, error, []);
}

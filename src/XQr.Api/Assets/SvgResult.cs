namespace XQr.Api.Assets;

/// <summary>An SVG image that was made harmless, or the reason why it can't be.</summary>
/// <param name="Image">The image, or null.</param>
/// <param name="Error">The reason, as in <c>must be …</c>, where there is no image.</param>
/// <param name="Removed">What was left out, see <see cref="SvgRemovals"/>.</param>
internal sealed record SvgResult(byte[]? Image, string? Error, IReadOnlyList<string> Removed)
{
    public static SvgResult Refused(string error) => new(null, error, []);
}

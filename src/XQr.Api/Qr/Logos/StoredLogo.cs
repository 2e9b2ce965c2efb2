using System.Security.Cryptography;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Logos;

/// <summary>A logo that is stored with its template.</summary>
/// <param name="BlobName">The name of the blob; see <see cref="LogoBlobs"/>.</param>
/// <param name="Kind">The type of image.</param>
/// <param name="Hash">The hash of the content; see <see cref="HashOf"/>.</param>
internal sealed record StoredLogo(string BlobName, QrLogoKind Kind, string Hash)
{
    /// <summary>
    /// Returns the SHA-256 hash of a logo as hex digits. Stored and unstored logos with the same hash share rendered images.
    /// </summary>
    public static string HashOf(QrLogo logo) => Convert.ToHexStringLower(SHA256.HashData(logo.Bytes.Span));
}

using System.Security.Cryptography;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Logos;

/// <summary>A logo as it is kept with its template.</summary>
/// <param name="BlobName">Where: see <see cref="LogoBlobs"/>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Hash">What identifies its content, see <see cref="HashOf"/>.</param>
internal sealed record StoredLogo(string BlobName, QrLogoKind Kind, string Hash)
{
    /// <summary>SHA-256 of a logo's bytes, as hex digits: the same for a logo that is kept and for one that isn't, so that they share images.</summary>
    public static string HashOf(QrLogo logo) => Convert.ToHexStringLower(SHA256.HashData(logo.Bytes.Span));
}

using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Logos;

/// <summary>A logo as it is kept with its template.</summary>
/// <param name="BlobName">Where: see <see cref="LogoBlobs"/>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Hash">SHA-256 of its bytes, as hex digits.</param>
internal sealed record StoredLogo(string BlobName, QrLogoKind Kind, string Hash);

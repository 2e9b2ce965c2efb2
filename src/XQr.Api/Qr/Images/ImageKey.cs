using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XQr.Api.Qr.Designs;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>What identifies an image: SHA-256, as hex digits, of the renderer's version and of all that shapes the image.</summary>
internal static class ImageKey
{
    /// <summary>The data comes last: it alone may hold line breaks.</summary>
    public static string Of(string data, Design design, string? logoHash, QrFormat format, int size) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{QrRenderer.Version}\n{format}\n{size}\n{JsonSerializer.Serialize(design with { LogoUrl = null }, ApiJson.Api.Design)}\n{logoHash}\n{data}"))));
}

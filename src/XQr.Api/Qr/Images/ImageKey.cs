using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XQr.Api.Qr.Designs;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>Creates the keys of images: the SHA-256 hash, as hex digits, of the renderer's version and of all inputs of the image.</summary>
internal static class ImageKey
{
    /// <summary>Returns the key of an image. The data comes last, because only the data can contain line breaks.</summary>
    public static string Of(string data, Design design, string? logoHash, QrFormat format, int size)
    {
        var designJson = JsonSerializer.Serialize(design with { LogoUrl = null }, DesignJson.Api.Design);
        var inputs = string.Create(CultureInfo.InvariantCulture, $"{QrRenderer.Version}\n{format}\n{size}\n{designJson}\n{logoHash}\n{data}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inputs)));
    }
}

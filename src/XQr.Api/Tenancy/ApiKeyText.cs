using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XQr.Api.Tenancy;

/// <summary>
/// Creates and parses the text of a key, <c>xqr_pk_{prefix}.{secret}</c>: a prefix of 8 lower-case hex digits that finds the key and may
/// be logged, and a secret of 48 random bytes as 64 characters of base64url (RFC 4648, section 5) that is neither stored nor logged.
/// </summary>
internal static class ApiKeyText
{
    private const string Start = "xqr_pk_";
    private const int PrefixLength = 8;
    private const int SecretBytes = 48;
    private const int Length = 7 + PrefixLength + 1 + (SecretBytes / 3 * 4);

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static (string Prefix, string Text) New()
    {
        var prefix = RandomNumberGenerator.GetHexString(PrefixLength, lowercase: true);
        return (prefix, $"{Start}{prefix}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>Returns a prefix as a number.</summary>
    public static uint NumberOf(string prefix) => uint.Parse(prefix, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Returns the SHA-256 hash of the whole key. A key has 384 random bits, so a slow hash would not make it safer.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.ASCII.GetBytes(text));

    /// <summary>
    /// Returns the prefix in the input of a person: the prefix itself, <c>xqr_pk_</c> and the prefix, or the whole key. Returns null for
    /// any other text.
    /// </summary>
    public static string? PrefixNamedBy(string text)
    {
        var named = text.StartsWith(Start, StringComparison.Ordinal) ? text[Start.Length..] : text;
        return IsPrefix(named) ? named : PrefixOf(text);
    }

    /// <summary>Returns the prefix of a well-formed key; null for any other text.</summary>
    public static string? PrefixOf(string text)
    {
        if (text.Length != Length || !text.StartsWith(Start, StringComparison.Ordinal) || text[Start.Length + PrefixLength] != '.')
        {
            return null;
        }

        var prefix = text.AsSpan(Start.Length, PrefixLength);
        var secret = text.AsSpan(Start.Length + PrefixLength + 1);
        return !IsPrefix(prefix) || secret.ContainsAnyExcept(Base64UrlCharacters) ? null : prefix.ToString();
    }

    private static bool IsPrefix(ReadOnlySpan<char> text) => text.Length == PrefixLength && !text.ContainsAnyExcept(Hex);
}

using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace XQr.Api.Primitives;

/// <summary>Validates and creates short codes. They are stored as written and compared case-insensitively.</summary>
internal static class ShortCodes
{
    public const int MinLength = 3;
    public const int MaxLength = 64;

    /// <summary>The pattern that <see cref="IsWellFormed"/> checks in addition to the length.</summary>
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$";

    /// <summary>The rule for short codes, as the end of a sentence that begins with the field's name.</summary>
    public const string Rule = "must have 3 to 64 letters, digits and hyphens, no hyphen first or last";

    /// <summary>Lower-case letters and digits that are easy to tell apart: no 0, 1, i, l, o.</summary>
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int RandomLength = 7;
    private const int Buckets = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            "account", "admin", "api", "app", "assets", "auth", "bio", "dashboard", "docs", "favicon", "health", "help", "login", "logout", "mcp",
            "oauth", "openapi", "privacy", "reports", "robots", "runtime", "security", "signin", "signout", "signup", "sitemap", "static", "status",
            "support", "terms", "unsubscribe", "webhooks", "well-known", "www",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns a random code, one of 31^7 (27 billion).</summary>
    public static string New(CreationSeed seed) => seed.Text(Alphabet, RandomLength);

    /// <summary>Returns a random code of a bucket, so that one transaction can claim many.</summary>
    public static string New(CreationSeed seed, string bucket)
    {
        string code;
        do
        {
            code = New(seed);
        }
        while (Bucket(code) != bucket);

        return code;
    }

    public static string NewBucket(CreationSeed seed) => Bucket(New(seed));

    public static bool IsWellFormed(string code) =>
        code.Length is >= MinLength and <= MaxLength
        && code[0] != '-' && code[^1] != '-'
        && !code.AsSpan().ContainsAnyExcept(Allowed);

    public static bool IsReserved(string code) => Reserved.Contains(code);

    /// <summary>Returns the partition of a code: two hex digits of its hash, evenly distributed.</summary>
    public static string Bucket(string code)
    {
        Span<char> lower = stackalloc char[MaxLength];
        var length = code.AsSpan().ToLowerInvariant(lower);
        return BucketName((int)(XxHash32.HashToUInt32(MemoryMarshal.AsBytes(lower[..length])) % Buckets));
    }

    /// <summary>Returns the form for comparison and storage.</summary>
    public static string Key(string code) => code.ToLowerInvariant();

    private static string BucketName(int bucket) => bucket.ToString("x2", CultureInfo.InvariantCulture);
}

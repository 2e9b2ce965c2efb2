using System.Buffers;
using System.Collections.Frozen;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>The rules of short codes. They are kept as written and compared without regard to case.</summary>
internal static class ShortCodes
{
    public const int MinLength = 3;
    public const int MaxLength = 64;

    /// <summary>Lower-case letters and digits without look-alikes: no 0, 1, i, l, o.</summary>
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int RandomLength = 7;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        ["api", "admin", "bio", "docs", "health", "openapi", "dashboard", "assets", "robots", "favicon", "runtime", "www"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>A random code: one of 31^7 (27 thousand million).</summary>
    public static string New(Operation operation) => operation.Text(Alphabet, RandomLength);

    public static bool IsWellFormed(string code) =>
        code.Length is >= MinLength and <= MaxLength
        && code[0] != '-' && code[^1] != '-'
        && !code.AsSpan().ContainsAnyExcept(Allowed);

    public static bool IsReserved(string code) => Reserved.Contains(code);

    /// <summary>The form in which codes are compared and stored.</summary>
    public static string Key(string code) => code.ToLowerInvariant();
}

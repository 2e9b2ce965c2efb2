using System.Security.Cryptography;

namespace XQr.Api.Pipeline;

/// <summary>Makes the versions by which conditional requests name a resource.</summary>
internal static class ResourceVersion
{
    private const int Length = 16;

    public static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>The version that a new resource begins with: the same in each run of its creation.</summary>
    public static string New(Operation operation) => operation.Text("0123456789abcdef", Length);

    /// <summary>The version of what has no version stored: a hash of its content.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content))[..Length];
}

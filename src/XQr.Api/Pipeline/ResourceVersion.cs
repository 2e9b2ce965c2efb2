using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>Creates the versions of resources, and the entity tags of conditional requests.</summary>
internal static class ResourceVersion
{
    private const int Length = 16;

    /// <summary>Creates a random version.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>Creates the first version of a resource, which is the same in each run of its creation.</summary>
    public static string New(CreationSeed seed) => seed.Text("0123456789abcdef", Length);

    /// <summary>Returns the version of a resource without a stored one: a hash of its content.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content))[..Length];

    /// <summary>Returns the entity tag of a version, which is the version in double quotes (RFC 9110, section 8.8.3).</summary>
    public static EntityTagHeaderValue ToTag(ReadOnlySpan<char> version, bool isWeak = false) => new($"\"{version}\"", isWeak);
}

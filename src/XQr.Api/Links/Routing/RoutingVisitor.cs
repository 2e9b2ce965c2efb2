using System.IO.Hashing;
using System.Net;
using System.Runtime.InteropServices;

namespace XQr.Api.Links.Routing;

/// <summary>What rules ask about who follows a link.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, in capitals; <c>ZZ</c> where it is unknown.</param>
/// <param name="Device"><c>mobile</c>, <c>tablet</c> or <c>desktop</c>.</param>
/// <param name="Address">The visitor's address; null where it is unknown. Used for <see cref="ShareOf"/> only, and kept nowhere.</param>
/// <param name="UserAgent">The header as it was sent.</param>
internal sealed record RoutingVisitor(string Country, string Device, IPAddress? Address, string UserAgent)
{
    /// <summary>
    /// The visitor's fixed number for a link, from 0 up to but without 100, evenly spread: a hash of link, address and user agent.
    /// It stays the same for as long as these do, and nothing needs to be stored for that. The hash must not change: another one
    /// would send most visitors somewhere else.
    /// </summary>
    public double ShareOf(Guid linkId)
    {
        const int Bits = 53; // of a double's fraction
        Span<byte> key = stackalloc byte[32];
        key.Clear();
        linkId.TryWriteBytes(key, bigEndian: true, out var length);
        Address?.TryWriteBytes(key[length..], out _);
        var seed = (long)XxHash64.HashToUInt64(key);
        var hash = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(UserAgent.AsSpan()), seed);
        return (hash >> (64 - Bits)) * (100d / (1L << Bits));
    }
}

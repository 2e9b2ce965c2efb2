using System.IO.Hashing;
using System.Net;
using System.Runtime.InteropServices;

namespace XQr.Api.Links.Routing;

/// <summary>The properties of a visitor that rules use.</summary>
/// <param name="Country">The ISO 3166-1 alpha-2 code in capitals; <c>ZZ</c> if unknown.</param>
/// <param name="Device"><c>mobile</c>, <c>tablet</c> or <c>desktop</c>.</param>
/// <param name="Address">The visitor's address; null if unknown. It is used only by <see cref="ShareOf"/> and never stored.</param>
/// <param name="UserAgent">The value of the User-Agent header.</param>
internal sealed record RoutingVisitor(string Country, string Device, IPAddress? Address, string UserAgent)
{
    /// <summary>
    /// Returns the visitor's fixed number for a link, from 0 up to but excluding 100, evenly distributed. It is a hash of link, address and
    /// user agent, so nothing is stored. The hash must not change: another hash would send most visitors to other destinations.
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

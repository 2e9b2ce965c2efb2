using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline.Keys;

/// <summary>
/// Limits the failed key attempts of each client address: well-formed keys with an unknown prefix or a wrong secret. The limits are in
/// memory, for a bounded number of addresses that were seen last.
/// </summary>
internal sealed class FailedKeyLimiter(IOptions<KeyOptions> options, TimeProvider time)
{
    private const int MaxAddresses = 20_000;
    private const int LookUpsPerMinute = 1_200;
    private const int Ipv6NetworkBytes = 8;

    /// <summary>The buckets of addresses. An unused bucket is full after a minute, so it need not stay longer.</summary>
    private readonly BoundedCache<TokenBucket> buckets = new(MaxAddresses, TimeSpan.FromMinutes(1), time);
    private readonly TokenBucket lookUps = new(time, TimeSpan.FromMinutes(1));
    private readonly int limit = options.Value.GuessesPerMinute;

    /// <summary>Counts an attempt before its key is checked.</summary>
    /// <param name="network">The client, see <see cref="NetworkOf"/>.</param>
    /// <returns>Null if the attempt is allowed; otherwise the time until the next one is.</returns>
    public TimeSpan? TryTake(string network)
    {
        if (limit < 0)
        {
            return null;
        }

        var bucket = Bucket(network);
        return bucket.TryTake(limit, out _) ? null : bucket.UntilNext(limit);
    }

    /// <summary>Counts a key look-up for an address that has no attempt left.</summary>
    /// <returns>False if this instance has made too many of these look-ups in the last minute.</returns>
    public bool TryTakeLookUp() => lookUps.TryTake(LookUpsPerMinute, out _);

    /// <summary>Returns an attempt that did not fail.</summary>
    public void GiveBack(string network)
    {
        if (limit >= 0)
        {
            Bucket(network).GiveBack();
        }
    }

    /// <summary>
    /// Returns the name under which an address is counted. An IPv6 address counts by its first 64 bits, because one client usually
    /// controls the whole subnet (RFC 4291, section 2.5.4).
    /// </summary>
    public static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6NetworkBytes)),
        _ => address.ToString(),
    };

    private TokenBucket Bucket(string network) => buckets.GetOrAdd(network, _ => new TokenBucket(time, TimeSpan.FromMinutes(1)));
}

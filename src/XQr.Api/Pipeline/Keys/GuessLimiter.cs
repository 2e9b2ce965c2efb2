using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using XQr.Api.Pipeline.RateLimits;

namespace XQr.Api.Pipeline.Keys;

/// <summary>
/// How many guesses a client address has left: keys that are none. In memory, for the addresses that guessed lately, of which a bounded
/// number is kept.
/// </summary>
internal sealed class GuessLimiter(IOptions<KeyOptions> options, TimeProvider time)
{
    private const int MostAddresses = 20_000;
    private const int LookUpsPerMinute = 1_200;
    private const int Ipv6NetworkBytes = 8;

    private readonly Generations<TokenBucket> buckets = new(MostAddresses);
    private readonly TokenBucket lookUps = new(time, TimeSpan.FromMinutes(1));
    private readonly int limit = options.Value.GuessesPerMinute;

    /// <summary>Takes a guess; else how long it is until there is one.</summary>
    public TimeSpan? TryTake(string network)
    {
        if (limit < 0)
        {
            return null;
        }

        var bucket = Bucket(network);
        return bucket.TryTake(limit, out _) ? null : bucket.UntilNext(limit);
    }

    /// <summary>Takes a look-up for an address that has no guess left; false where this instance has made too many of them.</summary>
    public bool TryTakeLookUp() => lookUps.TryTake(LookUpsPerMinute, out _);

    /// <summary>Gives a guess back that was none.</summary>
    public void GiveBack(string network)
    {
        if (limit >= 0)
        {
            Bucket(network).GiveBack();
        }
    }

    /// <summary>
    /// What counts as one address. Of IPv6 it is the first 64 bits: who has one such address as a rule has all that begin like it
    /// (RFC 4291, section 2.5.4).
    /// </summary>
    public static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6NetworkBytes)),
        _ => address.ToString(),
    };

    private TokenBucket Bucket(string network) => buckets.GetOrAdd(network, _ => new TokenBucket(time, TimeSpan.FromMinutes(1)));
}

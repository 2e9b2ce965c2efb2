using XQr.Api.Pipeline;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Primitives;

namespace XQr.Dashboard.Members;

/// <summary>Limits the requests of each person on this instance. Limits and quotas of the API do not count them.</summary>
internal sealed class PersonLimiter(TimeProvider time)
{
    private const int RequestsPerSecond = 20;
    private const int MaxPersons = 10_000;

    private readonly BoundedCache<TokenBucket> buckets = new(MaxPersons, TimeSpan.FromMinutes(1), time);

    /// <summary>Counts a request.</summary>
    /// <returns>False if the person has sent too many.</returns>
    public bool TryTake(Person person) => buckets
        .GetOrAdd($"{person.Identity.Issuer}\n{person.Identity.Subject}", _ => new TokenBucket(time, TimeSpan.FromSeconds(1)))
        .TryTake(RequestsPerSecond, out _);
}

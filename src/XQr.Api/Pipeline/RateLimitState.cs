using System.Globalization;
using Microsoft.AspNetCore.Http;
using XQr.Api.Tenancy;

namespace XQr.Api.Pipeline;

/// <summary>The remaining limits of a caller.</summary>
internal sealed record RateLimitState(PlanOptions Plan)
{
    /// <summary>Gets the limits of the minute and the burst; null if the plan has none.</summary>
    public RateLimitMeta? Meta { get; init; }

    /// <summary>Gets the remaining calls of the month; null if they were not read.</summary>
    public int? QuotaRemaining { get; init; }

    /// <summary>Returns the limits for a response; null if the plan has no limit of a minute.</summary>
    public RateLimitMeta? ToMeta() => Meta is null ? null : Meta with
    {
        QuotaLimit = Plan.CallsPerMonth,
        QuotaRemaining = Plan.CallsPerMonth is null ? null : QuotaRemaining,
    };

    /// <summary>Creates the state of a plan without the API, which allows no requests.</summary>
    public static RateLimitState None(PlanOptions plan, DateTimeOffset now) => new(plan)
    {
        Meta = RateLimitMeta.Of(0, 0, ((now.ToUnixTimeSeconds() / 60) + 1) * 60, 0, 0),
        QuotaRemaining = 0,
    };

    public void WriteTo(IHeaderDictionary headers)
    {
        if (Meta is { } meta)
        {
            headers["X-RateLimit-Limit"] = Text(meta.Limit);
            headers["X-RateLimit-Remaining"] = Text(meta.Remaining);
            headers["X-RateLimit-Reset"] = Text(meta.Reset);
            headers["X-RateLimit-Burst-Limit"] = Text(meta.BurstLimit);
            headers["X-RateLimit-Burst-Remaining"] = Text(meta.BurstRemaining);
        }

        if (Plan.CallsPerMonth is { } quota && QuotaRemaining is { } remaining)
        {
            headers["X-Quota-Limit"] = Text(quota);
            headers["X-Quota-Remaining"] = Text(remaining);
        }

        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace XQr.Api.Pipeline;

/// <summary>A success: the data, and what is known of the request.</summary>
internal sealed record Envelope<T>(T Data, Meta Meta)
    where T : notnull;

/// <summary>A list, whole or a page of it.</summary>
internal sealed record ListEnvelope<T>(IReadOnlyList<T> Data, ListMeta Meta);

/// <summary>A failed request, without data.</summary>
internal sealed record ErrorEnvelope(ErrorBody Error, Meta Meta);

/// <summary>The error of a request.</summary>
/// <param name="Code">A stable code in capitals, described in <c>docs/errors.md</c>.</param>
/// <param name="Message">A message for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Details">
/// For a validation error, an array of <c>{"field", "message"}</c>; for a rate limit, an object with the exhausted <c>window</c>.
/// </param>
internal sealed record ErrorBody(
    string Code,
    string Message,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonNode? Details = null);

/// <summary>The metadata of a response.</summary>
/// <param name="RequestId">The request id for support, also in the header <c>X-Request-Id</c>.</param>
/// <param name="RateLimit">The remaining limits of the key; absent without a recognised key.</param>
internal sealed record Meta(
    string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RateLimitMeta? RateLimit = null);

/// <summary>The metadata of a list response.</summary>
/// <param name="RequestId">The request id for support, also in the header <c>X-Request-Id</c>.</param>
/// <param name="RateLimit">The remaining limits of the key.</param>
/// <param name="Total">The number of all items, regardless of <c>limit</c> and <c>offset</c>.</param>
/// <param name="Limit">The maximum number of items returned; absent if all are.</param>
/// <param name="Offset">The number of items skipped; absent if all are returned.</param>
internal sealed record ListMeta(
    string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RateLimitMeta? RateLimit,
    int Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Limit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Offset = null);

/// <summary>The remaining limits of a key: per minute, at once and per month.</summary>
/// <param name="Limit">The requests allowed per minute.</param>
/// <param name="Remaining">The requests left in this minute.</param>
/// <param name="Reset">The start of the next minute, in Unix seconds.</param>
/// <param name="ResetAt">The start of the next minute.</param>
/// <param name="BurstLimit">The requests allowed at once.</param>
/// <param name="BurstRemaining">The requests left at once.</param>
/// <param name="QuotaLimit">The workspace's calls allowed per UTC calendar month; null if unlimited.</param>
/// <param name="QuotaRemaining">The workspace's calls left in this month; null if unlimited.</param>
internal sealed record RateLimitMeta(
    int Limit, int Remaining, long Reset, DateTimeOffset ResetAt, int BurstLimit, int BurstRemaining, int? QuotaLimit, int? QuotaRemaining)
{
    /// <summary>The limits of a key, without those of its workspace.</summary>
    public static RateLimitMeta Of(int limit, int remaining, long reset, int burstLimit, int burstRemaining) =>
        new(limit, remaining, reset, DateTimeOffset.FromUnixTimeSeconds(reset), burstLimit, burstRemaining, QuotaLimit: null, QuotaRemaining: null);
}

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace XQr.Api.Pipeline;

/// <summary>A success: the data, and what is known of the request.</summary>
internal sealed record Envelope<T>(T Data, Meta Meta)
    where T : notnull;

/// <summary>A list, whole or a page of it.</summary>
internal sealed record ListEnvelope<T>(IReadOnlyList<T> Data, ListMeta Meta);

/// <summary>A failure: no data.</summary>
internal sealed record ErrorEnvelope(ErrorBody Error, Meta Meta);

/// <summary>What went wrong.</summary>
/// <param name="Code">A stable code, in capitals; <c>docs/errors.md</c> has them all.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Details">
/// For a validation error an array of every fault as <c>{"field", "message"}</c>, for a rate limit an object with the <c>window</c> that is
/// used up.
/// </param>
internal sealed record ErrorBody(
    string Code,
    string Message,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonNode? Details = null);

/// <summary>What is known of a request.</summary>
/// <param name="RequestId">Its id, for questions about it; also in the header <c>X-Request-Id</c>.</param>
/// <param name="RateLimit">What is left of the key's limits; absent where no key was recognised.</param>
internal sealed record Meta(
    string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RateLimitMeta? RateLimit = null);

/// <summary>What is known of a request for a list.</summary>
/// <param name="RequestId">Its id, for questions about it; also in the header <c>X-Request-Id</c>.</param>
/// <param name="RateLimit">What is left of the key's limits.</param>
/// <param name="Total">How many there are, whatever <c>limit</c> and <c>offset</c>.</param>
/// <param name="Limit">At most how many are shown; absent where all are.</param>
/// <param name="Offset">How many of them come before the first shown; absent where all are shown.</param>
internal sealed record ListMeta(
    string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RateLimitMeta? RateLimit,
    int Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Limit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Offset = null);

/// <summary>What is left of a key's limits: of the minute first, then of the second, then of the month.</summary>
/// <param name="Limit">Requests in a minute.</param>
/// <param name="Remaining">Requests left in this minute.</param>
/// <param name="Reset">When the next minute begins, in Unix seconds.</param>
/// <param name="ResetAt">When the next minute begins.</param>
/// <param name="BurstLimit">Requests at once.</param>
/// <param name="BurstRemaining">Requests left at once.</param>
/// <param name="QuotaLimit">The workspace's calls in a UTC calendar month; null where unlimited.</param>
/// <param name="QuotaRemaining">The workspace's calls left in this month; null where unlimited.</param>
internal sealed record RateLimitMeta(
    int Limit, int Remaining, long Reset, DateTimeOffset ResetAt, int BurstLimit, int BurstRemaining, int? QuotaLimit, int? QuotaRemaining)
{
    /// <summary>The limits of a key, without those of its workspace.</summary>
    public static RateLimitMeta Of(int limit, int remaining, long reset, int burstLimit, int burstRemaining) =>
        new(limit, remaining, reset, DateTimeOffset.FromUnixTimeSeconds(reset), burstLimit, burstRemaining, QuotaLimit: null, QuotaRemaining: null);
}

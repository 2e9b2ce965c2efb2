using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline.Idempotency;

internal static class IdempotencyErrors
{
    public static ApiError InProgress() => ApiErrors.Conflict("A request with this Idempotency-Key is in progress; try again in a moment.") with
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static ApiError KeyReused() => new(
        StatusCodes.Status409Conflict, "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used with another query or body; use a new key.");
}

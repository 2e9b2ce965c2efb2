using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline.Idempotency;

internal static class IdempotencyErrors
{
    public static ApiError InProgress() => ApiErrors.Conflict("A request with this Idempotency-Key is under way.") with
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static ApiError KeyReused() => new(
        StatusCodes.Status409Conflict, "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was sent with another query or body; take a new one.");
}

using XQr.Api.Primitives;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>The state of a request with an idempotency key.</summary>
internal abstract record IdempotencyState
{
    private IdempotencyState()
    {
    }

    /// <summary>The request runs now.</summary>
    /// <param name="Seed">The seed of the creation: that of the first run if there was one before.</param>
    /// <param name="Version">The version of the row, which ends the run.</param>
    public sealed record Started(CreationSeed Seed, string Version) : IdempotencyState;

    /// <summary>The request was completed before.</summary>
    /// <param name="Response">The response to replay.</param>
    public sealed record Completed(StoredResponse Response) : IdempotencyState;

    /// <summary>Another run of the request is in progress.</summary>
    public sealed record InProgress : IdempotencyState;

    /// <summary>The key belongs to another request.</summary>
    public sealed record KeyReused : IdempotencyState;
}

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>What a request with a key finds.</summary>
internal abstract record Beginning
{
    private Beginning()
    {
    }

    /// <summary>It is the one that runs.</summary>
    /// <param name="Operation">What it creates by: of the first run, if there was one before.</param>
    /// <param name="Version">Its row's version, for who has run it.</param>
    public sealed record Begun(Operation Operation, string Version) : Beginning;

    /// <summary>The request has its answer.</summary>
    public sealed record Answered(KeptAnswer Answer) : Beginning;

    /// <summary>Another run of it goes on.</summary>
    public sealed record UnderWay : Beginning;

    /// <summary>The key belongs to another request.</summary>
    public sealed record Reused : Beginning;
}

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>The result of an attempt to take a token.</summary>
/// <param name="Admitted">True if a token was taken.</param>
/// <param name="Period">The period of the token.</param>
/// <param name="Remaining">The remaining tokens of the period that this instance knows.</param>
internal readonly record struct LeaseResult(bool Admitted, long Period, int Remaining)
{
    /// <summary>Gets a value that indicates whether other instances may soon return tokens that they have leased.</summary>
    public bool IsHeldByOthers { get; init; }

    /// <summary>Gets a value that indicates whether too many instances wrote the counter at the same time.</summary>
    public bool IsContended { get; init; }
}

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>The outcome of taking a token.</summary>
/// <param name="Admitted">Whether there was one.</param>
/// <param name="Period">The period that it belongs to.</param>
/// <param name="Remaining">Tokens left in the period, as far as this instance knows.</param>
internal readonly record struct LeaseResult(bool Admitted, long Period, int Remaining);

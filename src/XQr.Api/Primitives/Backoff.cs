namespace XQr.Api.Primitives;

/// <summary>Computes delays that grow with each attempt, with a random part so that instances do not meet.</summary>
internal static class Backoff
{
    /// <summary>Returns the first delay for attempt 1, doubled with each further attempt up to a maximum, plus up to half of it.</summary>
    public static TimeSpan Delay(TimeSpan first, int attempt, TimeSpan max)
    {
        var delay = Math.Min(max.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30)));
        return TimeSpan.FromSeconds(delay * (1 + (Random.Shared.NextDouble() / 2)));
    }
}

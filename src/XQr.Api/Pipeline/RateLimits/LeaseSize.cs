namespace XQr.Api.Pipeline.RateLimits;

/// <summary>Calculates the size of leases. It starts small and doubles when a lease is used up, up to half of the remaining tokens.</summary>
internal static class LeaseSize
{
    private const int WithoutLimit = 100;

    /// <summary>Returns the size of the next lease; 0 if no tokens remain.</summary>
    /// <param name="limit">The tokens of a period; null for no limit.</param>
    /// <param name="before">The tokens that are taken.</param>
    /// <param name="last">The size of the previous lease; 0 for none.</param>
    /// <param name="share">The largest lease, as a fraction of the limit: 20 for a twentieth.</param>
    public static int Next(int? limit, int before, int last, int share)
    {
        if (limit is not { } most)
        {
            return WithoutLimit;
        }

        var left = Math.Max(0, most - before);
        var largest = Math.Max(1, most / share);
        var wished = before == 0 || last == 0 ? Math.Max(1, largest / 4) : Math.Min(largest, last * 2);
        return Math.Min(wished, (left + 1) / 2);
    }
}

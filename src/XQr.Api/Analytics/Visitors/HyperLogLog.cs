namespace XQr.Api.Analytics.Visitors;

/// <summary>Estimates the cardinality of a set from the registers of its HyperLogLog.</summary>
internal static class HyperLogLog
{
    /// <summary>
    /// Returns the improved raw estimate of O. Ertl, New cardinality estimation algorithms for HyperLogLog sketches (2017, arXiv:1702.01284),
    /// algorithm 6. It has no bias for small and for very large sets, unlike the original estimator.
    /// </summary>
    /// <param name="registers">The registers.</param>
    /// <param name="rankBits">The number of bits that ranks are computed from. A register is between 0 and this number plus 1.</param>
    public static double Estimate(ReadOnlySpan<byte> registers, int rankBits)
    {
        Span<int> counts = stackalloc int[rankBits + 2];
        foreach (var register in registers)
        {
            counts[register]++;
        }

        double m = registers.Length;
        var sum = m * Tau(1 - (counts[rankBits + 1] / m));
        for (var rank = rankBits; rank >= 1; rank--)
        {
            sum = (sum + counts[rank]) / 2;
        }

        sum += m * Sigma(counts[0] / m);
        return m * m / (2 * Math.Log(2) * sum);
    }

    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        var (y, z) = (1d, x);
        for (var before = double.NaN; before != z; y *= 2)
        {
            x *= x;
            before = z;
            z += x * y;
        }

        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        var (y, z) = (1d, 1 - x);
        for (var before = double.NaN; before != z;)
        {
            x = Math.Sqrt(x);
            before = z;
            y /= 2;
            z -= (1 - x) * (1 - x) * y;
        }

        return z / 3;
    }
}

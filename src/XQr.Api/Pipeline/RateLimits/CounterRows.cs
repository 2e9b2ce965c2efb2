namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Selects the row of a counter that matches this instance's clock. If the period of a row is more than one ahead, one of the two clocks is
/// wrong. The instances then count in different rows, so that neither ends the period of the other.
/// </summary>
/// <param name="name">The name of the first row; the others have a number.</param>
internal sealed class CounterRows(string name)
{
    private const int MaxRows = 4;

    private readonly long[] periods = new long[MaxRows];

    /// <summary>Returns the first row that is not known to be ahead of a period.</summary>
    public int For(long period)
    {
        var row = 0;
        while (row < MaxRows - 1 && IsAhead(periods[row], period))
        {
            row++;
        }

        return row;
    }

    /// <summary>Stores the period of a row, and returns whether the row matches this instance's clock.</summary>
    public bool Suits(int row, long read, long period)
    {
        periods[row] = read;
        return !IsAhead(read, period) || row == MaxRows - 1;
    }

    /// <summary>Returns the name of a row.</summary>
    public string NameOf(int row) => row == 0 ? name : $"{name}-{row}";

    /// <summary>Returns whether a period is ahead by more than one. Clocks that differ slightly are one period apart at its end.</summary>
    public static bool IsAhead(long other, long period) => other > period + 1;
}

namespace XQr.Api.Pipeline.RateLimits;

/// <summary>
/// Chooses the row of a counter that suits this instance's clock. A row whose period is more than one ahead was written by an instance
/// with another clock: one of the two is wrong. They count in different rows then, so that neither ends the other's period.
/// </summary>
/// <param name="name">The name of the first row; the others have a number.</param>
internal sealed class CounterRows(string name)
{
    private const int MaxRows = 4;

    private readonly long[] periods = new long[MaxRows];

    /// <summary>Returns the first row that isn't known to be ahead of a period.</summary>
    public int For(long period)
    {
        var row = 0;
        while (row < MaxRows - 1 && IsAhead(periods[row], period))
        {
            row++;
        }

        return row;
    }

    /// <summary>Notes the period of a row as it was read, and returns whether the row suits.</summary>
    public bool Suits(int row, long read, long period)
    {
        periods[row] = read;
        return !IsAhead(read, period) || row == MaxRows - 1;
    }

    /// <summary>Returns the name of a row.</summary>
    public string NameOf(int row) => row == 0 ? name : $"{name}-{row}";

    /// <summary>At the border of two periods, clocks that are a little apart differ by one.</summary>
    public static bool IsAhead(long other, long period) => other > period + 1;
}

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// How many rows of pending work are read at once. Batches have one to 2,000 scans, so a number of rows alone would bound neither
/// memory, where they are large, nor transactions, where they are small.
/// </summary>
internal static class PendingPageSize
{
    /// <summary>The size of the first page.</summary>
    public const int Initial = 100;

    private const int Min = 20;
    private const int Max = 500;

    /// <summary>What a page should take, as it is sent. In memory it takes a few times as much.</summary>
    private const long Bytes = 2 * 1024 * 1024;

    /// <summary>Returns the size of the next page, from the one before.</summary>
    /// <param name="rows">How many rows it had.</param>
    /// <param name="bytes">How many bytes they took.</param>
    public static int Next(int rows, long bytes) => rows == 0 ? Initial : (int)Math.Clamp(Bytes * rows / Math.Max(bytes, 1), Min, Max);
}

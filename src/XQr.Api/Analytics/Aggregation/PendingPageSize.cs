namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Computes the number of rows of pending work to read at once. Batches have 1 to 2,000 scans, so a fixed number of rows would not bound
/// memory for large batches, nor the number of transactions for small ones.
/// </summary>
internal static class PendingPageSize
{
    /// <summary>The size of the first page.</summary>
    public const int Initial = 100;

    private const int Min = 20;
    private const int Max = 500;

    /// <summary>The intended size of a page in transit. In memory it takes a few times as much.</summary>
    private const long TargetBytes = 2 * 1024 * 1024;

    /// <summary>Returns the size of the next page.</summary>
    /// <param name="rows">The number of rows of the previous page.</param>
    /// <param name="bytes">The number of bytes of the previous page.</param>
    public static int Next(int rows, long bytes) => rows == 0 ? Initial : (int)Math.Clamp(TargetBytes * rows / Math.Max(bytes, 1), Min, Max);
}

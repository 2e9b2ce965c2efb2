using System.Globalization;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>Represents a stored batch of scans that waits for aggregation.</summary>
/// <param name="RowKey">The key of the batch's row.</param>
/// <param name="Data">The scans (<see cref="ScanBatchFormat"/>).</param>
internal sealed record PendingBatch(string RowKey, byte[] Data)
{
    /// <summary>The prefix of the ids of batches that were divided by links. It sorts after all other ids.</summary>
    public const string DividedId = "~";

    private const int HourLength = 10;

    /// <summary>Gets the hour as it is in the key.</summary>
    public string HourText => RowKey.Substring(1, HourLength);

    /// <summary>Gets the hour.</summary>
    public DateTimeOffset Hour => HourOf(RowKey);

    /// <summary>Gets whether the batch is the result of a division by links (<see cref="LinkGroups"/>).</summary>
    public bool IsDivided => RowKey[1 + HourLength] == DividedId[0];

    /// <summary>Gets the links of the scans.</summary>
    public IReadOnlyList<Guid> Links { get; } = ScanBatchFormat.ReadLinks(Data);

    /// <summary>Reads a batch, and checks that it can be aggregated.</summary>
    /// <exception cref="InvalidDataException">The row's key or its bytes cannot be read.</exception>
    public static PendingBatch Read(string rowKey, byte[] data)
    {
        if (rowKey.Length < HourLength + 2
            || !DateTime.TryParseExact(rowKey.AsSpan(1, HourLength), "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            throw new InvalidDataException("The key does not have the form of a batch's.");
        }

        ScanBatchFormat.Check(data);
        return new(rowKey, data);
    }

    /// <summary>Returns the hour in the key of a batch, or of a row of the archive.</summary>
    public static DateTimeOffset HourOf(string rowKey) => DateTimeOffset.ParseExact(
        rowKey.AsSpan(1, HourLength), "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Returns the row key of a batch.</summary>
    public static string KeyOf(string hourText, string id) => $"s{hourText}{id}";
}

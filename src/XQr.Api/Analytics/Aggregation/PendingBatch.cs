using System.Globalization;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>A stored batch of scans that is still to be folded.</summary>
/// <param name="RowKey">Its row.</param>
/// <param name="Data">Its bytes (<see cref="ScanBatchFormat"/>).</param>
internal sealed record PendingBatch(string RowKey, byte[] Data)
{
    /// <summary>What the ids of batches begin with that were divided by links: it comes after all others.</summary>
    public const string DividedId = "~";

    private const int HourLength = 10;

    /// <summary>Its hour, as in its key.</summary>
    public string HourText => RowKey.Substring(1, HourLength);

    public DateTimeOffset Hour => DateTimeOffset.ParseExact(HourText, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Whether it holds all scans of a group of links that some batches had (<see cref="LinkGroups"/>).</summary>
    public bool IsDivided => RowKey[1 + HourLength] == DividedId[0];

    public IReadOnlyList<Guid> Links { get; } = ScanBatchFormat.ReadLinks(Data);

    /// <summary>Reads a batch, and checks that aggregation will be able to.</summary>
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

    public static string KeyOf(string hourText, string id) => $"s{hourText}{id}";
}

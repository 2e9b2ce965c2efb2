using System.Globalization;

namespace XQr.Api.Analytics.Folding;

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

    public static string KeyOf(string hourText, string id) => $"s{hourText}{id}";
}

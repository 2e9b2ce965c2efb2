namespace XQr.Api.Analytics.Statistics;

/// <summary>States how current an answer is.</summary>
/// <param name="Time">The time up to which scans are included.</param>
/// <param name="IsComplete">True if all scans that were stored at that time are included, whatever their own time is.</param>
internal readonly record struct DataThrough(DateTimeOffset Time, bool IsComplete);

namespace XQr.Api.Analytics.Statistics;

/// <summary>Represents the statistics of a workspace or a link on a UTC day.</summary>
internal sealed record DailyStatistics(DateOnly Day, ScanStatistics Statistics);

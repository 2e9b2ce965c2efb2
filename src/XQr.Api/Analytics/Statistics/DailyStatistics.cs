namespace XQr.Api.Analytics.Statistics;

/// <summary>The statistics of a workspace's or a link's UTC day.</summary>
internal sealed record DailyStatistics(DateOnly Day, ScanStatistics Statistics);

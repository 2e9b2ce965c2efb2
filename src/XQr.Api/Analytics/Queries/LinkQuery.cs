namespace XQr.Api.Analytics.Queries;

/// <summary>Whose scans are meant.</summary>
/// <param name="LinkId">Only those of this link; by default those of the whole workspace.</param>
internal sealed record LinkQuery(Guid? LinkId = null);

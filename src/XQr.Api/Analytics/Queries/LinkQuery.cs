namespace XQr.Api.Analytics.Queries;

/// <summary>Whose scans are meant.</summary>
/// <param name="LinkId">The id of the link; the default is the whole workspace.</param>
internal sealed record LinkQuery(Guid? LinkId = null);

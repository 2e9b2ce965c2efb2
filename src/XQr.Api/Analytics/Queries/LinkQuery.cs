namespace XQr.Api.Analytics.Queries;

/// <summary>The parameter that selects a link.</summary>
/// <param name="LinkId">The id of the link; the default is the whole workspace.</param>
internal sealed record LinkQuery(Guid? LinkId = null);

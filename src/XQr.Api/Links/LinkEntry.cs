namespace XQr.Api.Links;

/// <summary>What tells a link from others: all of it but its state and its scans.</summary>
internal sealed record LinkEntry(Guid Id, string ShortCode, string Destination, IReadOnlyList<string> Labels);

namespace XQr.Api.Links;

/// <summary>The identifying properties of a link, without its state and scans.</summary>
internal sealed record LinkEntry(Guid Id, string ShortCode, string Destination, IReadOnlyList<string> Labels);

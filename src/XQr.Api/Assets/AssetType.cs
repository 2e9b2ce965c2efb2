namespace XQr.Api.Assets;

/// <summary>Checks the first bytes of a content.</summary>
internal delegate bool FirstBytes(ReadOnlySpan<byte> bytes);

/// <summary>An allowed type of assets.</summary>
/// <param name="MimeType">The media type, in lower case.</param>
/// <param name="Extension">The file extension, without the dot.</param>
/// <param name="IsShown">Whether browsers display the type; otherwise it is offered as a download.</param>
/// <param name="Matches">
/// Returns whether a content can have the type by its first <see cref="AssetTypes.FirstBytesLength"/> bytes, or all if it is shorter.
/// </param>
internal sealed record AssetType(string MimeType, string Extension, bool IsShown, FirstBytes Matches);

namespace XQr.Api.Assets;

/// <summary>Looks at the first bytes of a content.</summary>
internal delegate bool FirstBytes(ReadOnlySpan<byte> bytes);

/// <summary>A type of content that assets may have.</summary>
/// <param name="MimeType">Its name, in lower case.</param>
/// <param name="Extension">What files of it end with, without the dot.</param>
/// <param name="IsShown">Whether a browser shows it itself; else it is offered for saving.</param>
/// <param name="Matches">Whether content may be of it, by what it begins with: the first <see cref="AssetTypes.FirstBytesLength"/> bytes, or all where there are less.</param>
internal sealed record AssetType(string MimeType, string Extension, bool IsShown, FirstBytes Matches);

namespace XQr.Testing.Decoding;

/// <summary>Represents a QR code that a reader found in an image.</summary>
/// <param name="Text">The text.</param>
/// <param name="Version">The version, 1 to 40.</param>
/// <param name="Level">The correction level: L, M, Q or H.</param>
/// <param name="Mask">The mask, 0 to 7.</param>
/// <param name="Modules">The rows of modules in the image: dark <c>#</c>, light <c>.</c>.</param>
public sealed record QrReading(string Text, int Version, string Level, int Mask, IReadOnlyList<string> Modules);

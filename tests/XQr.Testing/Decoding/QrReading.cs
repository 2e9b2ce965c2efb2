namespace XQr.Testing.Decoding;

/// <summary>What a reader sees in an image of a QR code.</summary>
/// <param name="Text">The data.</param>
/// <param name="Version">1 to 40.</param>
/// <param name="Level">L, M, Q or H.</param>
/// <param name="Mask">0 to 7.</param>
/// <param name="Modules">The rows as sampled from the image, dark <c>#</c>, light <c>.</c>.</param>
public sealed record QrReading(string Text, int Version, string Level, int Mask, IReadOnlyList<string> Modules);

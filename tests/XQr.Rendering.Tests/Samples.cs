namespace XQr.Rendering.Tests;

internal static class Samples
{
    /// <summary>A text of 25 characters: version 2 at level M, version 4 at level H.</summary>
    public const string Url = "https://xqr.example/Ab3dE";

    public static readonly ErrorCorrection[] Levels = Enum.GetValues<ErrorCorrection>();

    public static readonly QrFormat[] Formats = Enum.GetValues<QrFormat>();

    public static QrMatrix Matrix(ErrorCorrection level = ErrorCorrection.M, string data = Url) => QrMatrix.TryEncode(data, level)!;

    public static byte[] Render(string data, QrDesign design, QrFormat format, int moduleSize) =>
        Assert.IsType<QrOutcome.Image>(QrRenderer.Render(data, design, format, moduleSize)).Bytes;

    /// <summary>Returns the rows with dark modules as <c>#</c> and light modules as <c>.</c></summary>
    public static string[] Text(this QrMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Size).Select(row => string.Concat(matrix.Row(row).ToArray().Select(dark => dark ? '#' : '.')))];
}

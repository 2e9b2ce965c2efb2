namespace XQr.Rendering.Tests;

internal static class Samples
{
    /// <summary>25 characters: version 2 at level M, 4 at H.</summary>
    public const string Url = "https://xqr.example/Ab3dE";

    public static readonly ErrorCorrection[] Levels = Enum.GetValues<ErrorCorrection>();

    public static readonly QrFormat[] Formats = Enum.GetValues<QrFormat>();

    public static QrMatrix Matrix(ErrorCorrection level = ErrorCorrection.M, string data = Url) => QrMatrix.TryEncode(data, level)!;

    public static byte[] Render(string data, QrDesign design, QrFormat format, int moduleSize) =>
        Assert.IsType<QrOutcome.Image>(QrRenderer.Render(data, design, format, moduleSize)).Bytes;

    /// <summary>The rows, dark <c>#</c>, light <c>.</c></summary>
    public static string[] Text(this QrMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Size).Select(row => string.Concat(matrix.Row(row).ToArray().Select(dark => dark ? '#' : '.')))];
}

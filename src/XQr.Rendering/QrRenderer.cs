namespace XQr.Rendering;

/// <summary>Text and design to image.</summary>
public static class QrRenderer
{
    /// <summary>Changes whenever the same input gives other bytes than before; part of whatever identifies a cached image.</summary>
    public const int Version = 1;

    /// <summary>The widest module, in pixels; the narrowest is 1.</summary>
    public const int MaxModuleSize = 50;

    /// <summary>Renders a text as a QR code. The same input gives the same bytes.</summary>
    /// <param name="data">The text; see <see cref="QrMatrix.TryEncode"/>.</param>
    /// <param name="design">How it looks.</param>
    /// <param name="format">The kind of image.</param>
    /// <param name="moduleSize">The width of a module in pixels, 1 to <see cref="MaxModuleSize"/>.</param>
    /// <returns>The image file, or why there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="moduleSize"/> is outside its range.</exception>
    public static QrOutcome Render(string data, QrDesign design, QrFormat format, int moduleSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moduleSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(moduleSize, MaxModuleSize);
        if (QrMatrix.TryEncode(data, design.Level) is not { } matrix)
        {
            return new QrOutcome.DataTooLong(design.Level, QrMatrix.MaxBytes(design.Level));
        }

        return new QrOutcome.Image(format switch
        {
            QrFormat.Svg => SvgRenderer.Render(matrix, design, moduleSize),
            QrFormat.Png => PngRenderer.Render(matrix, design, moduleSize),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        });
    }
}

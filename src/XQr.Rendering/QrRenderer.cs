using XQr.Rendering.Logos;
using XQr.Rendering.Styled;

namespace XQr.Rendering;

/// <summary>Renders a text and a design to an image.</summary>
public static class QrRenderer
{
    /// <summary>
    /// The version of the renderer, part of the key of cached images. It changes whenever the same input gives other bytes.
    /// </summary>
    public const int Version = 2;

    /// <summary>The maximum width of a module in pixels; the minimum is 1.</summary>
    public const int MaxModuleSize = 50;

    /// <summary>
    /// The maximum number of versions that a logo can add to the version of the text. With more versions the modules would be too small to
    /// scan.
    /// </summary>
    private const int MaxAdditionalVersions = 8;

    /// <summary>Renders a text as a QR code. The same input gives the same bytes.</summary>
    /// <param name="data">The text; see <see cref="QrMatrix.TryEncode"/>.</param>
    /// <param name="design">The design.</param>
    /// <param name="format">The image format.</param>
    /// <param name="moduleSize">The width of a module in pixels, 1 to <see cref="MaxModuleSize"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The image file, or an error.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="moduleSize"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public static QrOutcome Render(string data, QrDesign design, QrFormat format, int moduleSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moduleSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(moduleSize, MaxModuleSize);
        if (QrMatrix.TryEncode(data, design.Level) is not { } matrix)
        {
            return new QrOutcome.DataTooLong(design.Level, QrMatrix.MaxBytes(design.Level));
        }

        if (design.Logo is null)
        {
            return new QrOutcome.Image(Draw(matrix, design, area: null, format, moduleSize, cancellationToken));
        }

        if (design.Logo.Validate() is { } error)
        {
            return new QrOutcome.InvalidLogo(error);
        }

        var (version, area, logoSize) = FindArea(matrix.Version, design.LogoSize);
        var larger = version == matrix.Version ? matrix : QrMatrix.TryEncode(data, design.Level, version)!;
        return new QrOutcome.Image(
            Draw(larger, design with { LogoSize = logoSize }, area, format, moduleSize, cancellationToken),
            logoSize < design.LogoSize ? logoSize : null);
    }

    /// <summary>
    /// Finds the smallest version with enough space for a logo, or the version with the most space. Every text allows a logo of
    /// more than <see cref="QrDesign.MinLogoSize"/>.
    /// </summary>
    private static (int Version, LogoArea Area, double LogoSize) FindArea(int smallest, double logoSize)
    {
        foreach (var version in Versions(smallest))
        {
            if (LogoArea.TryFind(version, logoSize) is { } area)
            {
                return (version, area, logoSize);
            }
        }

        var best = Versions(smallest).MaxBy(LogoArea.MaxSize);
        var largest = LogoArea.MaxSize(best);
        return (best, LogoArea.TryFind(best, largest)!.Value, largest);
    }

    private static IEnumerable<int> Versions(int smallest) =>
        Enumerable.Range(smallest, Math.Min(MaxAdditionalVersions, QrMatrix.MaxVersion - smallest) + 1);

    private static byte[] Draw(
        QrMatrix matrix, QrDesign design, LogoArea? area, QrFormat format, int moduleSize, CancellationToken cancellationToken)
    {
        var isPlain = design is { DotStyle: DotStyle.Square, CornerStyle: CornerStyle.Square, Logo: null };
        return format switch
        {
            QrFormat.Svg when isPlain => SvgRenderer.Render(matrix, design, moduleSize),
            QrFormat.Svg => StyledSvgRenderer.Render(matrix, design, area, moduleSize),
            QrFormat.Png when isPlain => PngRenderer.Render(matrix, design, moduleSize),
            QrFormat.Png => StyledPngRenderer.Render(matrix, design, area, moduleSize, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }
}
